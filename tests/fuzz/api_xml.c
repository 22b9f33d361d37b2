/* XML into structures, and back into XML that reads again: api/xml.h. */
#include "api/xml.h"
#include "gen/kms.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    AUTO_ARENA struct arena arena = {0};
    struct kms_CreateKeyRequest in = {0};
    struct buf out = buf_make(&arena, 64 << 20);
    struct xml_node *root = NULL;
    struct error err = {{0}};

    if (xml_parse(&arena, (str){(const char *)data, len}, &root, &err) < 0)
        return 0;
    if (xml_read_shape(&arena, &kms_model, kms_shape_CreateKeyRequest, root, &in, &err) < 0)
        return 0;
    xml_write_value(&out, &kms_model, kms_shape_CreateKeyRequest, &in, STR("Again"), STR(""),
            TIMESTAMP_DEFAULT);
    if (xml_parse(&arena, buf_str(&out), &root, &err) < 0)
        abort();
    return 0;
}
