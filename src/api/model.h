/*
 * model - the tables that apigen makes of api/<service>.smithy
 *
 * One struct service_model for each service. Everything that walks a request or an
 * answer (decoding, validation, authorization, audit, encoding, storage as JSON) is a
 * loop over these tables; there is no generated code but tables and prototypes.
 *
 * Tables hold offsets and indices, no pointers: they need no relocation at start and
 * stay shared, unwritten pages. Names are offsets into model->strings, each
 * NUL-terminated; offset 0 is the empty string and means "none".
 *
 * What a shape is in C (struct codecommit_Commit and so on, in gen/<service>.h):
 *
 *     string, enum      str                       absent: ptr NULL
 *     blob              str                       decoded bytes
 *     boolean           struct opt_bool
 *     integer, long     struct opt_int
 *     float, double     struct opt_double
 *     timestamp         struct opt_time           ms
 *     document          str                       JSON text
 *     structure, union  struct <service>_<Name> * NULL: absent
 *     list              struct str_list, or struct <service>_<Name>
 *                       { T *items; size_t len; bool is_set; }, structures by value
 *     map               struct <service>_<Name> { struct <service>_<Name>_entry
 *                       { str key; T value; } *items; size_t len; bool is_set; }
 *
 * Items of lists and values of maps stand in place: structures too. A map entry is a
 * str and then the value, sizeof(str) + shapes[element].size bytes. Equal constraints
 * share one shape, so strings and numbers have no name; structures, unions, lists and
 * maps come first in model->shapes, sorted by name. A structure without members has
 * one unused byte.
 */
#pragma once

#include "base/str.h"

struct opt_bool {
    bool is_set;
    bool value;
};
struct opt_int {
    bool is_set;
    int64_t value;
};
struct opt_double {
    bool is_set;
    double value;
};
struct opt_time {
    bool is_set;
    int64_t ms;
};
#define SOME_INT(n) ((struct opt_int){true, (n)})
#define SOME_BOOL(b) ((struct opt_bool){true, (b)})
#define SOME_TIME(t) ((struct opt_time){true, (t)})
#define SOME_DOUBLE(d) ((struct opt_double){true, (d)})

/* How every list and map begins, whatever its items. */
struct any_list {
    void *items;
    size_t len;
    bool is_set;
};

enum shape_kind {
    SHAPE_STRING, /* enums too: they have enum_values */
    SHAPE_BLOB,
    SHAPE_BOOLEAN,
    SHAPE_INTEGER, /* 32 bits */
    SHAPE_LONG,
    SHAPE_FLOAT,
    SHAPE_DOUBLE,
    SHAPE_TIMESTAMP,
    SHAPE_DOCUMENT,
    SHAPE_STRUCTURE,
    SHAPE_UNION, /* a structure of which exactly one member is set */
    SHAPE_LIST,
    SHAPE_MAP,
};

enum shape_flags {
    SHAPE_HAS_MIN = 1,
    SHAPE_HAS_MAX = 2,
    SHAPE_SENSITIVE = 4, /* never logged, never audited */
    SHAPE_ERROR = 8,
};

enum {
    SHAPE_NONE = 0xffff
};

struct shape {
    uint32_t name;
    uint32_t size; /* of one value in C, as an item of a list */
    uint8_t kind;
    uint8_t flags;
    uint16_t first_member; /* structures: into model->members */
    uint16_t members_len;
    uint16_t element; /* list item or map value */
    uint16_t key;     /* map key */
    uint16_t enum_len;
    uint32_t first_enum;   /* into model->enums (offsets of strings) */
    uint32_t pattern;      /* of strings; a PCRE2 pattern, to be matched whole */
    uint32_t element_name; /* XML and query: of list items, map entries: "member", "entry"; of
                              structures: the root element */
    uint32_t key_name;     /* XML map: "key" */
    uint32_t value_name;   /* XML map: "value" */
    int64_t min, max; /* length of strings (code points), blobs, lists, maps; value of numbers */
};

enum member_location {
    IN_BODY,
    IN_HEADER,
    IN_HEADERS, /* prefix of names: x-amz-meta- */
    IN_QUERY,
    IN_PATH,
    IN_PAYLOAD,
    IN_STATUS,
    IN_QUERIES
};

enum member_flags {
    MEMBER_REQUIRED = 1,
    MEMBER_FLATTENED = 2, /* XML, query: list or map without a wrapper */
    MEMBER_ATTRIBUTE = 4, /* XML attribute */
    MEMBER_STREAMING = 8, /* the body itself: call_read(), call_stream(); not in the C struct */
    MEMBER_SENSITIVE = 16,
    MEMBER_IDEMPOTENCY_TOKEN = 32,
    MEMBER_GREEDY = 64, /* path label {Key+} */
};

enum timestamp_format {
    TIMESTAMP_DEFAULT,
    TIMESTAMP_EPOCH,
    TIMESTAMP_ISO8601,
    TIMESTAMP_HTTP
};

struct member {
    uint32_t name;      /* as in the model; the JSON name and the C field */
    uint32_t wire_name; /* XML element, query parameter, header; = name unless the IDL says
                           otherwise */
    uint32_t offset;    /* in the C struct */
    uint16_t shape;
    uint8_t location;
    uint8_t flags;
    uint8_t timestamp_format;
};

struct error_shape {
    uint32_t name;   /* shape name: RepositoryNameRequiredException */
    uint32_t code;   /* on the wire; = name unless awsQueryError or S3 say otherwise */
    uint16_t status; /* HTTP */
    uint16_t shape;  /* its structure; SHAPE_NONE: only a message */
    bool is_sender;  /* query protocol: Sender or Receiver */
};

enum operation_flags {
    OP_READONLY = 1,
    OP_PREPARE = 2,         /* has a <service>_<Op>_prepare step, which holds no transaction */
    OP_DATA_PLANE = 4,      /* not a management event */
    OP_PLANNED = 8,         /* known, not supported: answered with NotImplemented */
    OP_AUTHORIZE_SELF = 16, /* the handler calls authorize() itself */
    OP_NO_AUTH = 32,        /* needs no permission (GetCallerIdentity), but a signature */
    OP_ANONYMOUS = 64,      /* needs no signature either */
    OP_PAGINATED = 128,
    OP_UNWRAPPED_XML = 256, /* S3 GetBucketLocation: the one member is the root element */
};

/* What an operation touches: action (0: "<prefix>:<Operation>") on an ARN template. */
struct operation_resource {
    uint32_t action; /* "kms:CreateKey" */
    uint32_t arn;    /* "arn:aws:codecommit:{region}:{account}:{repositoryName}"; "*" */
};

/*
 * Templates: {region} and {account} are the call's; anything else is the path of a
 * string in the input, "{pipeline.name}". apigen checks that it is required on the whole
 * path, or has a default for when it is absent: "{Path=/}", "{applicationName=*}".
 */

/* aws:RequestTag, codecommit:References…: condition keys that come from the input. */
struct operation_condition {
    uint32_t key;  /* "codecommit:References" */
    uint32_t path; /* of a member: "branchName", "tags"; with a brace in it, a template:
                      "refs/heads/{branchName}" */
};

struct operation {
    uint32_t name;
    uint32_t method; /* HTTP; planned operations of REST services too, so that a path finds its
                        operation */
    uint32_t uri;    /* "/{Bucket}/{Key+}?uploads"; required members in query and headers tell equal
                        ones apart */
    uint16_t status; /* HTTP, of success */
    uint16_t flags;
    uint16_t input; /* shapes; SHAPE_NONE: no members */
    uint16_t output;
    uint32_t input_size; /* sizeof the C structs, 0 without */
    uint32_t output_size;
    uint32_t result_wrapper;                  /* query: "CreateUserResult" */
    uint16_t first_resource, resources_len;   /* into model->resources */
    uint16_t first_condition, conditions_len; /* into model->conditions */
    uint16_t first_error, errors_len;         /* into model->operation_errors (indices of errors) */
    uint16_t first_member_error, member_errors_len; /* into model->member_errors */
};

/*
 * Services of the CodeCommit kind have an error of their own for each member that is
 * missing or malformed: RepositoryNameRequiredException, InvalidRepositoryNameException.
 * Where an operation lists such an error, validation fails with it; else with
 * model->validation_error. apigen pairs them by name (member "repositoryName", also its
 * plural or singular), or as @memberErrors on the member says. Nested members too.
 */
struct operation_member_error {
    uint16_t member;   /* into model->members */
    uint16_t required; /* into model->errors; SHAPE_NONE: the general one */
    uint16_t invalid;
};

enum protocol {
    PROTOCOL_JSON10 = 1,
    PROTOCOL_JSON11 = 2,
    PROTOCOL_QUERY = 4,
    PROTOCOL_REST_XML = 8,
    PROTOCOL_REST_JSON = 16,
    PROTOCOL_EC2 = 32,
    PROTOCOL_CBOR = 64
};

struct service_model {
    const char *name;                /* folder and C prefix: "codecommit" */
    const char *signing_name;        /* credential scope */
    const char *other_signing_name;  /* accepted too; NULL: none */
    const char *iam_prefix;          /* "codecommit" */
    const char *target_prefix;       /* "CodeCommit_20150413"; NULL without JSON protocol */
    const char *other_target_prefix; /* accepted too; NULL: none */
    const char *version;             /* "2015-04-13" */
    const char *xml_namespace;       /* NULL: none */
    const char *event_source;        /* CloudTrail: "codecommit.amazonaws.com" */
    const char *validation_error; /* code where validation fails; NULL: ValidationException, query
                                     ValidationError */
    unsigned protocols;
    const char *strings;
    const struct shape *shapes;
    const struct member *members;
    const uint32_t *enums;
    const struct operation *operations; /* sorted by name */
    const struct operation_resource *resources;
    const struct operation_condition *conditions;
    const struct error_shape *errors;
    const uint16_t *operation_errors;
    const struct operation_member_error *member_errors;
    uint16_t shapes_len, operations_len, errors_len;
};

static inline const char *model_str(const struct service_model *model, uint32_t offset)
{
    return model->strings + offset;
}
const struct operation *model_operation(
        const struct service_model *model, str name); /* NULL: unknown */
const struct member *model_member(const struct service_model *model, uint16_t shape, str name);

/* A type of a service, by name at compile time: gen/codepipeline.h has
 * codepipeline_type_PipelineDeclaration. */
struct type {
    const struct service_model *model;
    uint16_t shape;
};
