using System.Text.Json;
using Autocoder.Core.Tools.Permissions;

namespace Autocoder.Tests.Tools.Permissions;

public sealed class CallHashTests
{
    [Theory]
    [InlineData("""{"a":1,"b":{"c":[1,2],"d":null}}""", """{ "b": { "d": null, "c": [1, 2] }, "a": 1 }""")]
    [InlineData("""{"a":"ü<b>"}""", """{"a":"\u00fc\u003cb>"}""")]
    public void Order_space_and_escapes_make_no_difference(string one, string other) => Assert.Equal(Of(one), Of(other));

    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""")]
    [InlineData("""{"a":1}""", """{"a":"1"}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""")]
    [InlineData("""{"a":1}""", """{"A":1}""")]
    [InlineData("""{"a":null}""", "{}")]
    [InlineData("""{"a":1,"a":2}""", """{"a":2,"a":1}""")]
    public void Any_other_difference_does(string one, string other) => Assert.NotEqual(Of(one), Of(other));

    [Fact]
    public void The_tool_and_the_folder_belong_to_it_and_cannot_pass_for_each_other()
    {
        Assert.NotEqual(Of("{}"), CallHash.Of("Read", Json("{}"), "/p"));
        Assert.NotEqual(Of("{}"), CallHash.Of("Write", Json("{}"), "/p2"));
        Assert.NotEqual(CallHash.Of("a", Json("{}"), "b{}"), CallHash.Of("a{}", Json("{}"), "b"));
    }

    [Fact]
    public void Text_that_is_no_text_has_a_hash_too() =>
        Assert.NotEqual(Of("""{"a":"\ud800"}"""), Of("""{"a":"\ud801"}"""));

    private static string Of(string json) => CallHash.Of("Write", Json(json), "/p");

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;
}
