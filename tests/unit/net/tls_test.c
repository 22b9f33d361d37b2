#include "net/tls.h"

#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/proc.h"
#include "net/httpd.h"

static char dir[64];

static int make_dir(void **state)
{
    (void)state;
    snprintf(dir, sizeof(dir), "/tmp/slipway-tls-XXXXXX");
    return fs_temp_dir(dir, NULL);
}

static int remove_dir(void **state)
{
    (void)state;
    clock_set_real();
    return fs_remove_tree(dir, NULL);
}

static struct tls_files ensure(struct arena *arena, str host)
{
    struct tls_files files = {0};
    struct error err = {0};

    if (tls_ensure(arena, dir, host, &files, &err) < 0)
        fail_msg("%s", err.text);
    return files;
}

static void tls_ensure_keeps_what_is_still_good(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct tls_files first = ensure(&arena, STR("localhost")), again;

    (void)state;
    again = ensure(&arena, STR("localhost"));
    assert_true(str_eq(first.certificate, again.certificate));
    assert_true(str_eq(first.key, again.key));
    again = ensure(&arena, STR("192.0.2.7"));
    assert_false(str_eq(first.certificate, again.certificate));
    assert_true(str_eq(again.certificate, ensure(&arena, STR("192.0.2.7")).certificate));
}

static void tls_ensure_renews_a_month_before_the_end(void **state)
{
    AUTO_ARENA struct arena arena = {0};
    struct tls_files first = ensure(&arena, STR("localhost")), later;
    str ca_before, ca_after;

    (void)state;
    assert_int_equal(fs_read(&arena, str_cstr(&arena, first.ca_path), 65536, &ca_before, NULL), 0);
    clock_set_virtual(clock_now() + 366LL * 86400000);
    assert_true(str_eq(first.certificate, ensure(&arena, STR("localhost")).certificate));
    clock_advance(2LL * 86400000);
    later = ensure(&arena, STR("localhost"));
    assert_false(str_eq(first.certificate, later.certificate));
    assert_int_equal(fs_read(&arena, str_cstr(&arena, later.ca_path), 65536, &ca_after, NULL), 0);
    assert_true(str_eq(ca_before, ca_after)); /* clients trust it on */
}

static int break_file(const char *name, str text, mode_t mode, struct error *err)
{
    AUTO_ARENA struct arena arena = {0};
    char path[128];
    struct tls_files files;

    (void)ensure(&arena, STR("localhost"));
    snprintf(path, sizeof(path), "%s/tls/%s", dir, name);
    if (text.ptr)
        assert_int_equal(fs_write_atomic(path, text, mode, NULL), 0);
    assert_int_equal(chmod(path, mode), 0);
    return tls_ensure(&arena, dir, STR("localhost"), &files, err);
}

static void tls_ensure_refuses_an_open_key(void **state)
{
    struct error err = {0};

    (void)state;
    assert_int_equal(break_file("ca.key", (str){0}, 0640, &err), -EPERM);
    assert_true(str_find(str_of(err.text), STR("can be read by others")) > 0);
}

static void tls_ensure_refuses_broken_files(void **state)
{
    struct error err = {0};

    (void)state;
    assert_int_equal(break_file("server.key", STR("nonsense"), 0600, &err), -EINVAL);
    assert_int_equal(fs_remove_tree(dir, NULL), 0);
    assert_int_equal(break_file("ca.pem", STR("nonsense"), 0644, &err), -EINVAL);
}

static void answer(struct httpd_request *req, void *arg)
{
    (void)arg;
    httpd_respond(req, 200, (struct httpd_headers){0}, req->is_tls ? STR("tls") : STR("plain"));
}

/* Runs a client; its standard output must be `expected`. */
static void check_client(const char *const *argv, const char *expected)
{
    AUTO_ARENA struct arena arena = {0};
    struct error err = {0};
    str out = {0}, errors = {0};
    int r = proc_run(&arena, &(struct proc_options){.argv = argv}, STR(""), 65536, 60000, &out,
            &errors, &err);

    if (r != 0 || !str_eq(out, str_of(expected)))
        fail_msg("%s: %d %s \"%.*s\" %.*s", argv[0], r, err.text, STR_ARG(out), STR_ARG(errors));
}

static void tls_is_accepted_by_curl_and_python(void **state)
{
    static const char script[] =
            "import sys, requests\n"
            "s = requests.Session(); s.verify = sys.argv[1]; s.trust_env = False\n"
            "for host in 'localhost', '127.0.0.1':\n"
            "    for i in range(3): sys.stdout.write(s.get(f'https://{host}:{sys.argv[2]}/').text)";
    AUTO_ARENA struct arena arena = {0};
    struct tls_files files = ensure(&arena, STR("localhost"));
    const char *ca = str_cstr(&arena, files.ca_path);
    struct error err = {0};
    struct httpd *httpd = NULL;
    char port[8], resolve[64], url[64], named_url[64];

    (void)state;
    assert_int_equal(httpd_start(&(struct httpd_options){.host = STR("localhost"),
                                         .handler = answer,
                                         .tls_certificate = files.certificate,
                                         .tls_key = files.key},
                             &httpd, &err),
            0);
    snprintf(port, sizeof(port), "%u", httpd_port(httpd));
    snprintf(url, sizeof(url), "https://127.0.0.1:%s/", port);
    snprintf(named_url, sizeof(named_url), "https://bucket.s3.localhost:%s/", port);
    snprintf(resolve, sizeof(resolve), "bucket.s3.localhost:%s:127.0.0.1", port);
    check_client((const char *const[]){"curl", "-sS", "--noproxy", "*", "--cacert", ca, url, NULL},
            "tls");
    check_client((const char *const[]){"curl", "-sS", "--noproxy", "*", "--cacert", ca, "--resolve",
                         resolve, named_url, NULL},
            "tls");
    check_client((const char *const[]){"/usr/bin/python3", "-c", script, ca, port, NULL},
            "tlstlstlstlstlstls");
    httpd_stop(httpd, 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test_setup_teardown(
                    tls_ensure_keeps_what_is_still_good, make_dir, remove_dir),
            cmocka_unit_test_setup_teardown(
                    tls_ensure_renews_a_month_before_the_end, make_dir, remove_dir),
            cmocka_unit_test_setup_teardown(tls_ensure_refuses_an_open_key, make_dir, remove_dir),
            cmocka_unit_test_setup_teardown(tls_ensure_refuses_broken_files, make_dir, remove_dir),
            cmocka_unit_test_setup_teardown(
                    tls_is_accepted_by_curl_and_python, make_dir, remove_dir),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
