$version: "2.0"
namespace com.amazonaws.testjson

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsJson1_1
use slipway#arn
use slipway#authorizeSelf
use slipway#noAuth
use slipway#planned
use slipway#prepare

@service(sdkId: "TestJson")
@sigv4(name: "testjson")
@awsJson1_1
service Test_20200101 {
    version: "2020-01-01"
    operations: [ Echo, Put, Later, Show, Wait, Who ]
}

@readonly
@noAuth
operation Echo {
    input: Everything
    output: Everything
}

@arn("arn:aws:testjson:{region}:{account}:{name}")
operation Put {
    input: PutInput
    output: PutOutput
    errors: [ NameRequiredException, TakenException ]
}

@planned
operation Later {
    input: PutInput
    output: PutOutput
}

@readonly
@arn("arn:aws:testjson:{region}:{account}:{name}")
operation Show {
    input: PutInput
    output: PutOutput
}

@readonly
@arn("arn:aws:testjson:{region}:{account}:{topic}")
operation Wait {
    input: WaitInput
    output: PutOutput
}

@readonly
@arn("arn:aws:testjson:{region}:{account}:who")
operation Who {
    output: PutOutput
}

structure Everything {
    text: Text
    number: Integer
    big: Long
    ratio: Double
    flag: Boolean
    when: Timestamp
    bytes: Blob
    color: Color
    words: Words
    pairs: Pairs
    inner: Inner
    inners: Inners
    choice: Choice
    secret: Secret
}

@length(min: 1, max: 10)
@pattern("^[a-z\\u00e9]+$")
string Text

@sensitive
@length(min: 4)
string Secret

@range(min: 1, max: 100)
integer Ranged

enum Color {
    RED
    GREEN
}

@length(max: 3)
list Words {
    member: Text
}

map Pairs {
    key: Text
    value: String
}

structure Inner {
    @required
    name: Text
    size: Ranged
    again: Inner
}

list Inners {
    member: Inner
}

union Choice {
    left: String
    right: Integer
}

structure PutInput {
    @required
    name: Text
    times: Ranged
}

structure PutOutput {
    text: String
}

structure WaitInput {
    @required
    topic: String
}

@error("client")
structure NameRequiredException {
    message: String
}

@error("client")
structure TakenException {
    message: String
    by: String
}
