using System.Text;
using Autocoder.Core.Conversations;
using Autocoder.Web.Endpoints;
using Microsoft.Extensions.DependencyInjection;

namespace Autocoder.Tests.Web.Endpoints;

/// <summary>What is wrong with a body, and where: in words, whoever words it inside.</summary>
public sealed class BodyProblemTests : IAsyncLifetime
{
    private WebApp _app = null!;

    public async Task InitializeAsync() => _app = await WebApp.StartAsync(TalkingEngine.Create());

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Theory]
    [InlineData("[]", "The body should be an object")]
    [InlineData("null", "The body is missing")]
    [InlineData("", "The body is missing")]
    [InlineData("{", "The body is not valid JSON (line 1, byte 1)")]
    [InlineData("{\n\"promptId\": }", "\"promptId\" is not valid JSON (line 2, byte 12)")]
    [InlineData("{}", "The body lacks \"promptId\"")]
    [InlineData("""{"promptId":7}""", "\"promptId\" should be a GUID")]
    [InlineData("""{"promptId":"x"}""", "\"promptId\" should be a GUID")]
    [InlineData("""{"promptId":null}""", "\"promptId\" should be a GUID")]
    [InlineData("""{"promptId":"0190b7a0-0000-7000-8000-000000000000","text":null}""", "\"text\" cannot be null")]
    [InlineData("""{"promptId":"0190b7a0-0000-7000-8000-000000000000","text":["a"]}""", "\"text\" should be a text")]
    [InlineData("""{"promptId":"0190b7a0-0000-7000-8000-000000000000","text":"\ud800"}""", "\"text\" should be a text")]
    [InlineData("""{"promptId":"0190b7a0-0000-7000-8000-000000000000","planFirst":"yes"}""", "\"planFirst\" should be true or false")]
    [InlineData("""{"promptId":"0190b7a0-0000-7000-8000-000000000000","delivery":"later"}""", "\"delivery\" should be one of Queue, Steer")]
    [InlineData("""{"promptId":"0190b7a0-0000-7000-8000-000000000000","delivery":1}""", "\"delivery\" should be one of Queue, Steer")]
    [InlineData("""{"promptId":"0190b7a0-0000-7000-8000-000000000000","attachments":{}}""", "\"attachments\" should be a list")]
    [InlineData("""{"promptId":"0190b7a0-0000-7000-8000-000000000000","attachments":[null]}""", "\"attachments[0]\" cannot be null")]
    [InlineData("""{"promptId":"0190b7a0-0000-7000-8000-000000000000","attachments":["/etc/passwd"]}""", "\"attachments[0]\" should be an object")]
    [InlineData("""{"promptId":"0190b7a0-0000-7000-8000-000000000000","attachments":[{"blobHash":5,"name":"x"}]}""", "\"attachments[0].blobHash\" should be a text")]
    [InlineData("""{"promptId":"0190b7a0-0000-7000-8000-000000000000","plan_first":true}""", "\"plan_first\" is not a field that is known here")]
    [InlineData("""{"promptId":"0190b7a0-0000-7000-8000-000000000000","text":"a","text":"b"}""", "\"text\" is there twice")]
    public async Task A_body_that_does_not_fit_is_refused_with_what_is_wrong_and_where(string body, string words)
    {
        var id = await _app.CreateAsync();

        var (status, problem) = await _app.Client.SendAsync(HttpMethod.Post, $"/api/conversations/{id}/prompts", Encoding.UTF8.GetBytes(body));

        Assert.Equal(400, status);
        Assert.StartsWith(words, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("")]
    public async Task A_post_that_a_form_of_another_site_could_make_is_refused(string contentType)
    {
        var id = await _app.CreateAsync();
        foreach (var path in new[] { $"/api/sessions/{id}/stop", $"/api/conversations/{id}/prompts", $"/api/assistant/conversations/{WebApp.ProjectName}" })
        {
            var (status, problem) = await _app.Client.SendAsync(HttpMethod.Post, path, "{}"u8.ToArray(), contentType);
            Assert.Equal((415, "content_type_not_json"), (status, problem.GetProperty("code").GetString()));
        }
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_whether_it_says_so_or_not()
    {
        var id = await _app.CreateAsync();

        // A client that is still sending when it is refused may find the connection closed instead, so one that says its length
        // waits for leave to send, and the other is only just too large.
        var large = Encoding.UTF8.GetBytes(new string(' ', ApiEndpoints.LargestBody + 1));
        foreach (var chunked in new[] { false, true })
        {
            var (status, problem) = await _app.Client.SendAsync(
                HttpMethod.Post, $"/api/conversations/{id}/prompts", large,
                change: request => (request.Headers.TransferEncodingChunked, request.Headers.ExpectContinue) = (chunked, !chunked));
            Assert.Equal((413, "body_too_large"), (status, problem.GetProperty("code").GetString()));
        }
    }

    [Fact]
    public async Task A_refusal_has_the_headers_of_every_other_answer_and_another_site_gets_none_of_it()
    {
        using var http = new HttpClient { BaseAddress = _app.Address };
        using var refused = await http.GetAsync(new Uri("/api/nothing", UriKind.Relative));
        Assert.Contains("default-src 'none'", refused.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", refused.Headers.GetValues("X-Content-Type-Options").Single());

        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/api/spec/sessions");
        foreign.Headers.Add("Origin", "http://evil.test");
        using var answer = await http.SendAsync(foreign);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task What_fails_inside_leaves_no_more_than_an_id_to_find_it_by()
    {
        await using var broken = await WebApp.StartAsync(services => services.AddSingleton<IConversationList, BrokenList>());

        var (status, problem) = await broken.Client.GetAsync("/api/assistant/conversations/sample");

        Assert.Equal((500, "internal_error"), (status, problem.GetProperty("code").GetString()));
        var id = problem.GetProperty("correlationId").GetString()!;
        Assert.DoesNotContain("secret", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Contains(broken.Logged, line => line.Contains(id, StringComparison.Ordinal) && line.Contains("secret", StringComparison.Ordinal));
    }

    private sealed class BrokenList : IConversationList
    {
        public Task<IReadOnlyList<ConversationSummary>> ListAsync(
            Guid projectId, ConversationKind? surface, bool trashed, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("secret");

        public Task<IReadOnlyList<ConversationSummary>> ListActiveAsync(CancellationToken cancellationToken) =>
            throw new InvalidOperationException("secret");

        public Task<ConversationSummary?> FindAsync(Guid conversationId, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("secret");
    }
}
