#include "sandbox/seccomp.h"

#include "base/fs.h"

#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

static const int refused[] = {
        SCMP_SYS(_sysctl),
        SCMP_SYS(acct),
        SCMP_SYS(add_key),
        SCMP_SYS(bpf),
        SCMP_SYS(chroot),
        SCMP_SYS(clock_adjtime),
        SCMP_SYS(clock_settime),
        SCMP_SYS(delete_module),
        SCMP_SYS(fanotify_init),
        SCMP_SYS(finit_module),
        SCMP_SYS(fsconfig),
        SCMP_SYS(fsmount),
        SCMP_SYS(fsopen),
        SCMP_SYS(fspick),
        SCMP_SYS(init_module),
        SCMP_SYS(io_uring_enter),
        SCMP_SYS(io_uring_register),
        SCMP_SYS(io_uring_setup),
        SCMP_SYS(ioperm),
        SCMP_SYS(iopl),
        SCMP_SYS(kcmp),
        SCMP_SYS(kexec_file_load),
        SCMP_SYS(kexec_load),
        SCMP_SYS(keyctl),
        SCMP_SYS(lookup_dcookie),
        SCMP_SYS(mount),
        SCMP_SYS(mount_setattr),
        SCMP_SYS(move_mount),
        SCMP_SYS(name_to_handle_at),
        SCMP_SYS(nfsservctl),
        SCMP_SYS(open_by_handle_at),
        SCMP_SYS(open_tree),
        SCMP_SYS(perf_event_open),
        SCMP_SYS(pivot_root),
        SCMP_SYS(process_vm_readv),
        SCMP_SYS(process_vm_writev),
        SCMP_SYS(ptrace),
        SCMP_SYS(quotactl),
        SCMP_SYS(reboot),
        SCMP_SYS(request_key),
        SCMP_SYS(setns),
        SCMP_SYS(settimeofday),
        SCMP_SYS(swapoff),
        SCMP_SYS(swapon),
        SCMP_SYS(syslog),
        SCMP_SYS(umount),
        SCMP_SYS(umount2),
        SCMP_SYS(unshare),
        SCMP_SYS(uselib),
        SCMP_SYS(userfaultfd),
        SCMP_SYS(vhangup),
};

enum {
    NEW_NAMESPACES = CLONE_NEWNS | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC |
                     CLONE_NEWUTS | CLONE_NEWCGROUP,
};

static int add_rules(scmp_filter_ctx filter)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < sizeof(refused) / sizeof(*refused); i++)
        r = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0);
    for (unsigned bit = 0; r == 0 && bit < 32; bit++) {
        scmp_datum_t flag = (scmp_datum_t)1 << bit;
        if (NEW_NAMESPACES & flag)
            r = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                    SCMP_A0(SCMP_CMP_MASKED_EQ, flag, flag));
    }
    if (r == 0)
        r = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    if (r == 0) /* typing into the terminal that we were started from */
        r = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ioctl), 1,
                SCMP_A1(SCMP_CMP_MASKED_EQ, 0xffffffffu, TIOCSTI));
    return r;
}

int seccomp_open(struct error *err)
{
    AUTO_CLOSE int fd = memfd_create("seccomp", MFD_CLOEXEC);
    scmp_filter_ctx filter;
    int r;

    if (fd < 0)
        return error_set(err, errno, "could not make the seccomp filter: %m");
    filter = seccomp_init(SCMP_ACT_ALLOW);
    if (!filter)
        return error_set(err, ENOMEM, "could not make the seccomp filter");
#if defined(__x86_64__)
    (void)seccomp_arch_add(filter, SCMP_ARCH_X86); /* 32-bit programs get the same rules */
#endif
    r = add_rules(filter);
    if (r == 0)
        r = seccomp_export_bpf(filter, fd);
    seccomp_release(filter);
    if (r == 0 && lseek(fd, 0, SEEK_SET) < 0)
        r = -errno;
    if (r < 0)
        return error_set(err, -r, "could not make the seccomp filter: %s", strerror(-r));
    return fd_take(&fd);
}
