$version: "2.0"
namespace com.example.sample

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsJson1_1
use slipway#arn
use slipway#conditionKeys
use slipway#keep
use slipway#memberErrors
use slipway#noAuth
use slipway#planned
use slipway#prepare

@service(sdkId: "Sample")
@sigv4(name: "sample")
@awsJson1_1
service Sample_20200101 {
    version: "2020-01-01"
    operations: [
        PutThing
        GetThing
        DropThing
        Ping
    ]
}

@readonly
@arn("arn:aws:sample:{region}:{account}:{thingName}")
operation GetThing {
    input := {
        @required
        thingName: ThingName
    }
    output := {
        thing: Thing
    }
    errors: [
        ThingNameRequiredException
        InvalidThingNameException
        ThingDoesNotExistException
    ]
}

@prepare
@arn("arn:aws:sample:{region}:{account}:{thing.name=*}")
@conditionKeys("sample:References": "refs/heads/{thing.name}", "aws:TagKeys": "tags")
operation PutThing {
    input: PutThingInput
    errors: [
        ThingNameRequiredException
    ]
}

@planned
operation DropThing {
    input: DropThingInput
}

@noAuth
operation Ping {}

structure PutThingInput {
    thing: Thing
    tags: Tags
}

structure DropThingInput {
    onlyPlanned: OnlyPlanned
}

structure OnlyPlanned {
    never: String
}

structure Thing {
    @required
    @memberErrors(required: ThingNameRequiredException)
    name: ThingName

    default: Boolean
    size: Size
    made: Timestamp
    parts: Things
    labels: StringList
    byName: ThingMap
    ratio: Double
    counts: Counts
    @sensitive
    secret: Blob
    choice: Choice
}

union Choice {
    a: String
    b: Nothing
}

structure Nothing {}

@keep
structure Stored {
    things: Things
}

list Things {
    member: Thing
}

list StringList {
    member: String
}

list Counts {
    member: Integer
}

map Tags {
    key: String
    value: String
}

map ThingMap {
    key: String
    value: Thing
}

@length(min: 1, max: 64)
@pattern("[\\w.-]+")
string ThingName

@range(min: 0, max: 100)
integer Size

@error("client")
structure ThingNameRequiredException {
    message: String
}

@error("client")
structure InvalidThingNameException {
    message: String
}

@error("client")
@httpError(404)
structure ThingDoesNotExistException {
    message: String
    thingName: String
}
