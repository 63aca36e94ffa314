using System.Net.Http.Headers;
using System.Text.Json;

namespace Autocoder.Tests.Web.Endpoints;

/// <summary>A script: it sends JSON, and holds each answer against the description the server gives of itself.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    private ApiClient(Uri address, JsonElement description)
    {
        _http = new HttpClient { BaseAddress = address };
        Description = description;
    }

    /// <summary>The OpenAPI document.</summary>
    public JsonElement Description { get; }

    public static async Task<ApiClient> ConnectAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        return new ApiClient(address, JsonDocument.Parse(await http.GetStringAsync("/openapi/v1.json")).RootElement);
    }

    public Task<(int Status, JsonElement Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<(int Status, JsonElement Body)> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    public Task<(int Status, JsonElement Body)> PostAsync(string path, object body) =>
        SendAsync(HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(body));

    /// <summary>Sends any bytes and says what came back; a refusal must be a problem with words and a code.</summary>
    public async Task<(int Status, JsonElement Body)> SendAsync(
        HttpMethod method, string path, byte[]? body, string contentType = "application/json", Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            if (contentType.Length > 0)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            }
        }

        change?.Invoke(request);
        using var response = await _http.SendAsync(request);
        var status = (int)response.StatusCode;
        var text = await response.Content.ReadAsStringAsync();
        var answer = text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
        CheckDescribed(method, path, status);
        if (status >= 400)
        {
            CheckProblem(response.Content.Headers.ContentType, answer, status);
        }

        return (status, answer);
    }

    /// <summary>Opens a stream of events.</summary>
    public async Task<SseConnection> FollowAsync(Guid conversationId, string? lastEventId = null, string? after = null, CancellationToken cancellationToken = default)
    {
        var path = $"/api/conversations/{conversationId}/events";
        using var request = new HttpRequestMessage(HttpMethod.Get, after is null ? path : $"{path}?after={Uri.EscapeDataString(after)}");
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastEventId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        }

        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        CheckDescribed(HttpMethod.Get, path, (int)response.StatusCode);
        return await SseConnection.OpenAsync(response, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private void CheckDescribed(HttpMethod method, string path, int status)
    {
        if (Find(path.Split('?')[0]) is { } described && described.TryGetProperty(method.Method.ToLowerInvariant(), out var operation))
        {
            Assert.True(
                operation.GetProperty("responses").TryGetProperty(status.ToString(System.Globalization.CultureInfo.InvariantCulture), out _),
                $"{method} {path} answered {status}, which its description does not mention.");
        }
        else
        {
            Assert.True(status is 400 or 404 or 405 or 415, $"{method} {path} is not described, and answered {status}.");
        }
    }

    private JsonElement? Find(string path)
    {
        var parts = path.Split('/');
        foreach (var described in Description.GetProperty("paths").EnumerateObject())
        {
            var template = described.Name.Split('/');
            if (template.Length == parts.Length
                && template.Zip(parts).All(pair => pair.First.StartsWith('{') ? pair.Second.Length > 0 : pair.First == pair.Second))
            {
                return described.Value;
            }
        }

        return null;
    }

    private static void CheckProblem(MediaTypeHeaderValue? type, JsonElement problem, int status)
    {
        Assert.Equal("application/problem+json", type?.MediaType);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        var detail = problem.GetProperty("detail").GetString()!;
        Assert.NotEmpty(detail);
        Assert.DoesNotContain("   at ", detail, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"Autocoder\.\w", detail);
        Assert.DoesNotContain("System.", detail, StringComparison.Ordinal);
        Assert.Matches("^[a-z_]+$", problem.GetProperty("code").GetString()!);
    }
}
