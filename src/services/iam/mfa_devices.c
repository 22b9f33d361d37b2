/*
 * Virtual MFA devices: what has a seed, and who has it. Codes are in mfa_codes.c.
 *
 *     CreateVirtualMFADevice --> [unassigned] --EnableMFADevice--> [of a user]
 *                                     |    <--DeactivateMFADevice--
 *                          DeleteVirtualMFADevice
 */
#include "base/codec.h"
#include "base/random.h"
#include "services/iam/mfa.h"
#include "services/iam/qr.h"
#include "services/iam/tag_list.h"

enum {
    SERIAL_MAX = 256
};

/* ---- Finding ------------------------------------------------------------------------ */

str mfa_seed_context(struct arena *arena, str serial)
{
    return str_concat(arena, STR("iam.mfa/"), serial);
}

int mfa_find(struct call *call, str serial, struct mfa_device *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row,
            "select serial, entity, seed, enabled, drift, last_step, tags from iam_mfa_device"
            " where serial = $1 and account = $2",
            serial, call->account);

    if (r == 1)
        *ret = (struct mfa_device){
                .serial = row_text(row, 0),
                .entity = row_text(row, 1),
                .seed = row_text(row, 2),
                .enabled = row_int(row, 3),
                .drift = row_int(row, 4),
                .last_step = row_int(row, 5),
                .tags = row_text(row, 6),
        };
    return r;
}

int mfa_no_such(struct call *call, str serial)
{
    return call_fail(call, &iam_NoSuchEntityException,
            "VirtualMFADevice with serial number %.*s does not exist.", STR_ARG(serial));
}

int mfa_open(struct call *call, str serial, struct mfa_device *ret)
{
    struct mfa_device device = {0};
    bool is_arn = str_starts(serial, STR("arn:"));
    str arn = is_arn ? serial
                     : str_printf(call->arena, "arn:aws:iam::%.*s:mfa/%.*s", STR_ARG(call->account),
                               STR_ARG(serial));
    int found = mfa_find(call, serial, &device), r;

    if (found < 0)
        return found;
    r = authorize(call, entity_action(call), arn);
    if (r < 0)
        return r;
    if (!found)
        return mfa_no_such(call, serial);
    *ret = device;
    return 0;
}

/* ---- Making and deleting ------------------------------------------------------------- */

/* What an authenticator reads. The account is called by its alias, if it has one. */
static int make_qr(struct call *call, str name, str seed, str *ret)
{
    const struct db_row *row;
    int r = db_one(call->tx, &row, "select alias from iam_account_alias where account = $1",
            call->account);
    str account = r == 1 ? row_text(row, 0) : call->account;

    if (r < 0)
        return r;
    return qr_png(call->arena,
            str_printf(call->arena, "otpauth://totp/%.*s@%.*s?secret=%.*s",
                    STR_ARG(percent_encode(call->arena, name, 0)), STR_ARG(account), STR_ARG(seed)),
            ret, &call->tx->error);
}

static int check_room(struct call *call, str serial)
{
    const struct db_row *row;
    int r;

    if (serial.len > SERIAL_MAX)
        return call_fail(call, &error_Validation,
                "The path and name of a virtual MFA device are too long: its serial number would "
                "have more than %d characters.",
                SERIAL_MAX);
    r = db_one(call->tx, &row,
            "select 1 from iam_mfa_device where account = $1 order by serial limit 1 offset $2",
            call->account, (int64_t)MFA_MAX_DEVICES - 1);
    if (r > 0)
        return call_fail(call, &iam_LimitExceededException,
                "Cannot exceed quota for VirtualMFADevicesPerAccount: %d", MFA_MAX_DEVICES);
    return r;
}

static int insert(struct call *call, str serial, str seed, const struct iam_tagListType *tags)
{
    str sealed = seal_bytes(
            call->server->seal, call->arena, mfa_seed_context(call->arena, serial), seed);
    int r = db_exec(call->tx,
            "insert into iam_mfa_device (serial, account, seed, created, drift, last_step, tags)"
            " values ($1, $2, $3, $4, 0, 0, $5) on conflict do nothing",
            serial, call->account, db_blob(sealed), call->now, tag_list_json(call, tags));

    if (r == 0)
        return call_fail(call, &iam_EntityAlreadyExistsException,
                "MFADevice entity at the same path and name already exists.");
    return r < 0 ? r : 0;
}

int iam_CreateVirtualMFADevice(struct call *call,
        const struct iam_CreateVirtualMFADeviceRequest *in,
        struct iam_CreateVirtualMFADeviceResponse *out)
{
    struct iam_VirtualMFADevice *device = arena_new(call->arena, struct iam_VirtualMFADevice);
    char *bytes = arena_alloc(call->arena, MFA_SEED_LEN, 1);
    str path = in->Path.ptr ? in->Path : STR("/"), seed = {bytes, MFA_SEED_LEN};
    int r;

    device->SerialNumber = str_printf(call->arena, "arn:aws:iam::%.*s:mfa%.*s%.*s",
            STR_ARG(call->account), STR_ARG(path), STR_ARG(in->VirtualMFADeviceName));
    random_bytes(bytes, MFA_SEED_LEN);
    r = authorize(call, entity_action(call), device->SerialNumber);
    if (r == 0)
        r = tag_list_check(call, &in->Tags);
    if (r == 0)
        r = check_room(call, device->SerialNumber);
    if (r == 0)
        r = insert(call, device->SerialNumber, seed, &in->Tags);
    if (r < 0)
        return r;
    device->Base32StringSeed = base32_encode(call->arena, seed);
    device->Tags = in->Tags;
    out->VirtualMFADevice = device;
    return make_qr(call, in->VirtualMFADeviceName, device->Base32StringSeed, &device->QRCodePNG);
}

int iam_DeleteVirtualMFADevice(
        struct call *call, const struct iam_DeleteVirtualMFADeviceRequest *in, void *out)
{
    struct mfa_device device;
    int r = mfa_open(call, in->SerialNumber, &device);

    (void)out;
    if (r < 0)
        return r;
    if (device.entity.ptr)
        return call_fail(call, &iam_DeleteConflictException,
                "MFA VirtualDevice in use. Must deactivate first.");
    r = db_exec(call->tx, "delete from iam_mfa_device where serial = $1", device.serial);
    return r < 0 ? r : 0;
}

/* ---- Looking -------------------------------------------------------------------------- */

int iam_ListMFADevices(struct call *call, const struct iam_ListMFADevicesRequest *in,
        struct iam_ListMFADevicesResponse *out)
{
    struct entity user;
    struct db_rows rows;
    struct page page;
    size_t len;
    int r = entity_open_user(call, in->UserName, &user);

    if (r == 0)
        r = page_begin(call, in->Marker, in->MaxItems, &page);
    if (r < 0)
        return r;
    r = db_query(call->tx, &rows,
            "select serial, enabled from iam_mfa_device where entity = $1 and serial > $2"
            " order by serial limit $3",
            user.id, page.after.ptr ? page.after : STR(""), page.limit + 1);
    if (r < 0)
        return r;
    len = page_end_rows(call, &page, &rows, 0, &out->IsTruncated, &out->Marker);
    out->MFADevices.is_set = true;
    out->MFADevices.len = len;
    out->MFADevices.items = arena_array(call->arena, len, struct iam_MFADevice);
    for (size_t i = 0; i < len; i++)
        out->MFADevices.items[i] = (struct iam_MFADevice){
                .UserName = user.name,
                .SerialNumber = row_text(&rows.items[i], 0),
                .EnableDate = SOME_TIME(row_int(&rows.items[i], 1)),
        };
    return 0;
}

int iam_GetMFADevice(struct call *call, const struct iam_GetMFADeviceRequest *in,
        struct iam_GetMFADeviceResponse *out)
{
    struct mfa_device device;
    struct entity user;
    int r = entity_open_user(call, in->UserName, &user);

    if (r < 0 || (r = mfa_find(call, in->SerialNumber, &device)) < 0)
        return r;
    if (r == 0 || !str_eq(device.entity, user.id))
        return mfa_no_such(call, in->SerialNumber);
    out->UserName = user.name;
    out->SerialNumber = device.serial;
    out->EnableDate = SOME_TIME(device.enabled);
    return 0;
}

#define LISTED                                                                                     \
    "select e.id, e.account, e.kind, e.name, e.path, e.created, e.boundary, e.tags, e.trust,"      \
    " e.description, e.max_session, d.serial, d.enabled from iam_mfa_device d"                     \
    " left join iam_entity e on e.id = d.entity where d.account = $1 and d.serial > $2"
#define IN_ORDER " order by d.serial limit $3"

enum {
    SERIAL_COLUMN = 11,
    ENABLED_COLUMN = 12
};

static const char *list_query(str status)
{
    if (str_eq(status, STR("Assigned")))
        return LISTED " and d.entity is not null" IN_ORDER;
    if (str_eq(status, STR("Unassigned")))
        return LISTED " and d.entity is null" IN_ORDER;
    return LISTED IN_ORDER;
}

int iam_ListVirtualMFADevices(struct call *call, const struct iam_ListVirtualMFADevicesRequest *in,
        struct iam_ListVirtualMFADevicesResponse *out)
{
    struct iam_virtualMFADeviceListType *list = &out->VirtualMFADevices;
    struct db_rows rows;
    struct page page;
    int r = page_begin(call, in->Marker, in->MaxItems, &page);

    if (r < 0)
        return r;
    r = db_query(call->tx, &rows, list_query(in->AssignmentStatus), call->account,
            page.after.ptr ? page.after : STR(""), page.limit + 1);
    if (r < 0)
        return r;
    list->len = page_end_rows(call, &page, &rows, SERIAL_COLUMN, &out->IsTruncated, &out->Marker);
    list->is_set = true;
    list->items = arena_array(call->arena, list->len, struct iam_VirtualMFADevice);
    for (size_t i = 0; r >= 0 && i < list->len; i++) {
        const struct db_row *row = &rows.items[i];
        list->items[i].SerialNumber = row_text(row, SERIAL_COLUMN);
        if (row_is_null(row, 0))
            continue;
        list->items[i].EnableDate = SOME_TIME(row_int(row, ENABLED_COLUMN));
        list->items[i].User = arena_new(call->arena, struct iam_User);
        r = user_listed(call, row, list->items[i].User);
    }
    return r < 0 ? r : 0;
}
