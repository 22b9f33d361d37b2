$version: "2.0"
namespace com.amazonaws.testquery

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsQuery
use slipway#noAuth

@service(sdkId: "TestQuery")
@sigv4(name: "testquery")
@awsQuery
@xmlNamespace(uri: "https://test.invalid/doc/")
service TestQuery {
    version: "2020-01-01"
    operations: [ Echo ]
}

@readonly
@noAuth
operation Echo {
    input: Everything
    output: Everything
}

structure Everything {
    Text: String
    Number: Integer
    When: Timestamp
    Words: Words
    @xmlFlattened
    Flat: Words
    Tags: Tags
    Attributes: Attributes
}

list Words {
    member: String
}

list Tags {
    member: Tag
}

structure Tag {
    @required
    Key: String
    Value: String
}

map Attributes {
    key: String
    value: String
}
