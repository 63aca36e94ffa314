using System.Diagnostics;
using System.Text;

namespace Autocoder.Benchmarks.Engines;

/// <summary>Asks the model over plain HTTP: the least a program could do.</summary>
internal sealed class RawApi(string address) : IDisposable
{
    private readonly HttpClient _http = new();

    /// <summary>Sends a body and reads the whole stream.</summary>
    /// <returns>Milliseconds until the first piece of the answer was read.</returns>
    public async Task<double> AskAsync(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{address}/v1/messages");
        request.Headers.TryAddWithoutValidation("x-api-key", "benchmark-key");
        request.Headers.TryAddWithoutValidation("anthropic-version", "2023-06-01");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        var sent = Stopwatch.GetTimestamp();
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        double? first = null;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (first is null && line.Contains("text_delta", StringComparison.Ordinal))
            {
                first = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
            }
        }

        return first ?? throw new InvalidOperationException("The stream had no text.");
    }

    public void Dispose() => _http.Dispose();
}
