#include "sandbox/etc.h"

#include <stddef.h>

const char *const etc_from_host[] = {
        "/etc/alternatives",
        "/etc/bash.bashrc",
        "/etc/ca-certificates",
        "/etc/ca-certificates.conf",
        "/etc/debian_version",
        "/etc/fonts",
        "/etc/host.conf",
        "/etc/hosts",
        "/etc/inputrc",
        "/etc/java-11-openjdk",
        "/etc/java-17-openjdk",
        "/etc/java-21-openjdk",
        "/etc/ld.so.cache",
        "/etc/ld.so.conf",
        "/etc/ld.so.conf.d",
        "/etc/locale.alias",
        "/etc/localtime",
        "/etc/magic",
        "/etc/maven",
        "/etc/mime.types",
        "/etc/nsswitch.conf",
        "/etc/os-release",
        "/etc/perl",
        "/etc/pki",
        "/etc/profile",
        "/etc/protocols",
        "/etc/python3",
        "/etc/python3.11",
        "/etc/python3.12",
        "/etc/python3.13",
        "/etc/resolv.conf",
        "/etc/services",
        "/etc/ssl/certs",
        "/etc/ssl/openssl.cnf",
        "/etc/terminfo",
        "/etc/timezone",
        NULL,
};

const char etc_passwd[] = "root:x:0:0:root:/root:/usr/sbin/nologin\n"
                          "codebuild-user:x:1000:1000::/home/codebuild-user:/bin/bash\n"
                          "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n";
const char etc_group[] = "root:x:0:\n"
                         "codebuild-user:x:1000:\n"
                         "nogroup:x:65534:\n";
