using System.Globalization;
using global::Anthropic;
using global::Anthropic.Core;

namespace Autocoder.Core.Engines.Models.Anthropic;

/// <summary>One call's way to the server: the SDK's client, with our headers and no repeats of its own.</summary>
internal sealed class AnthropicConnection : IDisposable
{
    private readonly Headers _headers;
    private readonly HttpClient _http;

    /// <param name="sockets">Shared by all calls; it is not disposed here.</param>
    public AnthropicConnection(AnthropicOptions options, HttpMessageHandler sockets)
    {
        _headers = new Headers(options) { InnerHandler = sockets };

        // An answer may take longer than any limit of a whole request; silence is watched for instead.
        _http = new HttpClient(_headers, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        Client = new AnthropicClient(new ClientOptions
        {
            BaseUrl = options.Address,
            HttpClient = _http,
            MaxRetries = 0,
            Timeout = Timeout.InfiniteTimeSpan,

            // Replaced in each request: the SDK would else read the environment by itself.
            ApiKey = "replaced",
        });
    }

    public AnthropicClient Client { get; }

    /// <summary>How long the server's last reply asked to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter => _headers.RetryAfter;

    public void Dispose() => _http.Dispose();

    private sealed class Headers(AnthropicOptions options) : DelegatingHandler
    {
        public TimeSpan? RetryAfter { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Remove("x-api-key");
            request.Headers.Remove("authorization");
            if (options.ApiKey.Length > 0)
            {
                request.Headers.TryAddWithoutValidation("x-api-key", options.ApiKey);
            }
            else if (options.AuthToken.Length > 0)
            {
                request.Headers.TryAddWithoutValidation("authorization", $"Bearer {options.AuthToken}");
            }

            foreach (var (name, value) in options.Headers)
            {
                request.Headers.Remove(name);
                request.Headers.TryAddWithoutValidation(name, value);
            }

            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            RetryAfter = Read(response);
            return response;
        }

        // The API sends seconds; a date would need the server's clock to be ours.
        private static TimeSpan? Read(HttpResponseMessage response) =>
            response.Headers.TryGetValues("retry-after", out var values)
            && double.TryParse(values.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= 0 and < 1_000_000
                ? TimeSpan.FromSeconds(seconds)
                : null;
    }
}
