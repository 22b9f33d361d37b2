$version: "2.0"
namespace com.amazonaws.testrest

use aws.api#service
use aws.auth#sigv4
use aws.protocols#restXml
use slipway#noAuth
use slipway#arn
use slipway#prepare

@service(sdkId: "TestRest")
@sigv4(name: "s3")
@restXml
@xmlNamespace(uri: "http://test.invalid/doc/")
service TestRest {
    version: "2020-01-01"
    operations: [ ListThings, GetThing, PutThing, CopyThing, HeadThing, ListParts, DeleteThings, StartUpload ]
}

@readonly
@noAuth
@http(method: "GET", uri: "/{Bucket}?list-type=2", code: 200)
operation ListThings {
    input: ListThingsInput
    output: ListThingsOutput
}

@readonly
@noAuth
@http(method: "GET", uri: "/{Bucket}/{Key+}", code: 200)
operation GetThing {
    input: ThingInput
    output: GetThingOutput
}

@noAuth
@prepare
@http(method: "PUT", uri: "/{Bucket}/{Key+}", code: 200)
operation PutThing {
    input: PutThingInput
    output: ThingOutput
}

@noAuth
@http(method: "PUT", uri: "/{Bucket}/{Key+}", code: 200)
operation CopyThing {
    input: CopyThingInput
    output: ThingOutput
}

@readonly
@noAuth
@http(method: "HEAD", uri: "/{Bucket}/{Key+}", code: 200)
operation HeadThing {
    input: ThingInput
    output: ThingOutput
}

@readonly
@noAuth
@http(method: "GET", uri: "/{Bucket}/{Key+}", code: 200)
operation ListParts {
    input: ListPartsInput
    output: ListThingsOutput
}

@noAuth
@http(method: "POST", uri: "/{Bucket}?delete", code: 200)
operation DeleteThings {
    input: DeleteThingsInput
    output: ListThingsOutput
}

@arn("arn:aws:s3:::{Bucket}/{Key}")
@http(method: "POST", uri: "/{Bucket}/{Key+}?uploads", code: 200)
operation StartUpload {
    input: ThingInput
    output: ThingOutput
}

structure ThingInput {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: String
}

structure ListThingsInput {
    @required
    @httpLabel
    Bucket: String
    @httpQuery("prefix")
    Prefix: String
    @httpQuery("max")
    Max: Integer
}

structure ListPartsInput {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: String
    @required
    @httpQuery("uploadId")
    UploadId: String
}

structure PutThingInput {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: String
    @httpPrefixHeaders("x-amz-meta-")
    Metadata: Metadata
    @httpHeader("x-amz-sdk-checksum-algorithm")
    ChecksumAlgorithm: String
    @httpPayload
    Body: Stream
}

structure CopyThingInput {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpLabel
    Key: String
    @required
    @httpHeader("x-amz-copy-source")
    Source: String
}

structure DeleteThingsInput {
    @required
    @httpLabel
    Bucket: String
    @required
    @httpPayload
    @xmlName("Delete")
    Delete: Delete
}

structure Delete {
    @required
    @xmlFlattened
    @xmlName("Object")
    Objects: Objects
    Quiet: Boolean
}

list Objects {
    member: Thing
}

structure Thing {
    @required
    Key: String
    Size: Long
    When: Timestamp
}

@streaming
blob Stream

map Metadata {
    key: String
    value: String
}

@xmlName("ListResult")
structure ListThingsOutput {
    Name: String
    @xmlFlattened
    @xmlName("Contents")
    Things: Objects
}

structure GetThingOutput {
    @httpHeader("ETag")
    ETag: String
    @httpPayload
    Body: Stream
}

structure ThingOutput {
    @httpHeader("ETag")
    ETag: String
    @httpHeader("Content-Length")
    ContentLength: Long
    @httpHeader("Last-Modified")
    LastModified: Timestamp
    @httpPrefixHeaders("x-amz-meta-")
    Metadata: Metadata
}
