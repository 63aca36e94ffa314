using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Autocoder.Tests.Web.Endpoints;

/// <summary>P15: whatever is sent, the answer is one the description mentions, refusals are problems with words, and nothing is half done.</summary>
public sealed class ApiInputProperties : IAsyncLifetime
{
    private static readonly string[] Junk =
    [
        "null", "true", "0", "-1", "1e999", "\"\"", "\" \"", "\"x\"", "\"\\ud800\"", "\"\\u0000\"", "\"😀\"", "[]", "[null]", "[[]]", "{}", "[{}]",
        "{\"a\":1}", "{\"__proto__\":{}}", "[{\"blobHash\":null,\"name\":\"x\"}]", "[{\"blobHash\":\"../../etc/passwd\",\"name\":\"../\\n\"}]",
        "[{\"questionId\":\"q1\",\"optionIds\":[null]}]", "[{\"questionId\":null}]", "\"Expired\"", "\"Steer\"", "7", "NaN", "undefined", "'x'", "",
        "\"0190b7a0-0000-7000-8000-000000000000\"", "\"00000000-0000-0000-0000-000000000000\"", "\"{0190b7a0-0000-7000-8000-000000000000}\"",
        "\"data:image/png;base64,iVBORw0KGgo=\"", "\"" + new string('A', 70_000) + "\"",
        string.Concat(Enumerable.Repeat("[", 100)) + string.Concat(Enumerable.Repeat("]", 100)),
    ];

    private static readonly string[] ContentTypes =
        ["application/json", "application/json", "application/json; charset=utf-8", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "nonsense"];

    private static readonly string[] Names =
        ["sample", "other", "sam ple", "sample\n", "..", "../..", "a/b", "a\\b", "%", "<script>", "é", "😀", "CON", "-x", "__proto__", "sample.", "\u202e", new('n', 200), "\ud800"];

    private static readonly string[] Queries =
        ["", "after=", "after=v1.1.1", "after=v1.1.999999999999999999999", "after=v9.9.9", "after=%00", "after=..%2f", "limit=5", "limit=-5", "limit=9999999999", "limit=x", "runId=x", "x=y"];

    private WebApp _app = null!;
    private Guid _conversation;

    public async Task InitializeAsync()
    {
        _app = await WebApp.StartAsync(TalkingEngine.Create());
        _conversation = await _app.CreateAsync();
    }

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Fact]
    public void No_body_does_more_than_be_refused()
    {
        Prop.ForAll(Bodies().ToArbitrary(), body => SendAsync(body).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_500));
        Assert.DoesNotContain(_app.Logged, line => line.Contains("failed (", StringComparison.Ordinal));
    }

    [Fact]
    public void No_address_does_more_than_be_refused()
    {
        Prop.ForAll(Addresses().ToArbitrary(), address => AskAsync(address).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
        Assert.DoesNotContain(_app.Logged, line => line.Contains("failed (", StringComparison.Ordinal));
    }

    private async Task SendAsync(Sent sent)
    {
        var before = await PromptsAsync();

        var (status, _) = await _app.Client.SendAsync(HttpMethod.Post, sent.Path.Replace("{id}", $"{_conversation}", StringComparison.Ordinal), sent.Body, sent.ContentType);

        Assert.InRange(status, 200, 499);
        Assert.True(status < 300 || await PromptsAsync() == before, "It was refused, and a prompt was kept all the same.");
        Assert.True(status >= 400 || IsJson(sent.ContentType), $"A body of type '{sent.ContentType}' was accepted.");
    }

    private async Task AskAsync(Asked asked)
    {
        var (status, _) = await _app.Client.SendAsync(
            new HttpMethod(asked.Method), $"{asked.Path}?{asked.Query}", asked.Method == "POST" ? "{}"u8.ToArray() : null);

        Assert.InRange(status, 200, 499);
    }

    private async Task<int> PromptsAsync() => (await _app.Log.GetAsync(_conversation, CancellationToken.None)).State.PromptIds.Count;

    private static bool IsJson(string contentType) => contentType.StartsWith("application/json", StringComparison.Ordinal);

    private static Gen<Sent> Bodies() =>
        from endpoint in Gen.Elements<(string Path, string[] Fields)>(
            ("/api/conversations", ["\"project\":\"sample\"", "\"surface\":\"Agent\"", "\"engine\":\"fake\"", "\"title\":\"t\""]),
            ("/api/assistant/conversations/sample", ["\"title\":\"t\""]),
            ("/api/sessions/{id}/stop", ["\"runId\":\"0190b7a0-0000-7000-8000-000000000000\""]),
            ("/api/conversations/{id}/prompts", ["\"promptId\":{guid}", "\"text\":\"x\"", "\"attachments\":[]", "\"delivery\":\"Queue\"", "\"planFirst\":false"]),
            ("/api/conversations/{id}/answers", ["\"requestId\":{guid}", "\"answers\":[{\"questionId\":\"q1\",\"optionIds\":[\"red\"],\"text\":null}]"]),
            ("/api/conversations/{id}/approvals/0190b7a0-0000-7000-8000-000000000000", ["\"outcome\":\"Rejected\"", "\"comment\":\"no\""]))
        from fields in Changed(endpoint.Fields)
        from guid in Gen.Choose(1, int.MaxValue)
        from body in Framed("{" + string.Join(',', fields).Replace("{guid}", $"\"{guid:x8}-0000-7000-8000-000000000000\"", StringComparison.Ordinal) + "}")
        from contentType in Gen.Frequency((12, Gen.Constant("application/json")), (1, Gen.Elements(ContentTypes)))
        select new Sent(endpoint.Path, body, contentType);

    // Field by field: as it should be, with something else in it, gone, twice, or under another name.
    private static Gen<string[]> Changed(string[] fields) =>
        from changes in Gen.Choose(0, 9).ArrayOf(fields.Length)
        from junk in Gen.Elements(Junk).ArrayOf(fields.Length)
        select fields.Zip(changes, junk).SelectMany(field => Change(field.First, field.Second, field.Third)).ToArray();

    private static IEnumerable<string> Change(string field, int change, string junk) => change switch
    {
        0 or 1 or 2 => [field[..(field.IndexOf(':', StringComparison.Ordinal) + 1)] + junk],
        3 => [],
        4 => [field, field],
        5 => ["\"x" + field[1..]],
        _ => [field],
    };

    private static Gen<byte[]> Framed(string json)
    {
        var whole = Encoding.UTF8.GetBytes(json);
        var random = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf();
        return Gen.Frequency(
            (10, Gen.Constant(whole)),
            (1, Gen.Choose(0, whole.Length).Select(length => whole[..length])),
            (1, Gen.Choose(0, whole.Length).Select(at => (byte[])[.. whole[..at], 0xFF, .. whole[at..]])),
            (1, Gen.Constant<byte[]>([(byte)'[', .. whole, (byte)']'])),
            (1, Gen.Constant<byte[]>([0xEF, 0xBB, 0xBF, .. whole])),
            (1, Gen.Elements(Junk).Select(Encoding.UTF8.GetBytes)),
            (1, random.Select(bytes => Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes)))),
            (1, random));
    }

    private static Gen<Asked> Addresses()
    {
        var anything = Gen.OneOf(Gen.Elements(Names), ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get))
            // What a client resolves itself, or the server never lets through to us.
            .Where(text => text is not ("" or "." or "..") && !text.Contains('\0', StringComparison.Ordinal))
            .Select(Uri.EscapeDataString);
        return from method in Gen.Elements("GET", "GET", "POST", "DELETE", "PUT", "PATCH")
               from template in Gen.Elements(
                   "/api/spec/sessions/{x}", "/api/assistant/sessions/{x}", "/api/assistant/conversations/{x}", "/api/assistant/conversations/{x}/{y}",
                   "/api/sessions/{x}/stop", "/api/conversations/{x}", "/api/conversations/{x}/events", "/api/conversations/{x}/prompts/{y}",
                   "/api/conversations/{x}/runs/{y}/stop", "/api/conversations/{x}/approvals/{y}", "/api/{x}/{y}")
               from x in anything
               from y in anything
               from query in Gen.Elements(Queries)
               select new Asked(method, template.Replace("{x}", x, StringComparison.Ordinal).Replace("{y}", y, StringComparison.Ordinal), query);
    }

    private sealed record Sent(string Path, byte[] Body, string ContentType)
    {
        public override string ToString() => $"POST {Path} ({ContentType})\n{Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 500)))}";
    }

    private sealed record Asked(string Method, string Path, string Query);
}
