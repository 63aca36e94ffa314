using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Autocoder.Core.Tools.Web;

/// <summary>Gets one page, from a public address only. Safe to use from any thread.</summary>
/// <remarks>
/// The name is resolved here, every address it has is checked, and the connection goes to one of just these: a name that is resolved
/// to something else a moment later changes nothing. There is no proxy, no cookie, and no connection that another call uses.
/// </remarks>
/// <param name="isAllowed">Whether an address may be connected to.</param>
/// <param name="resolve">Finds the addresses of a name.</param>
internal sealed class WebFetcher(
    Func<IPAddress, bool> isAllowed, Func<string, CancellationToken, Task<IPAddress[]>> resolve, TimeProvider clock)
{
    /// <summary>How much of a page is read.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>How long all of it may take, redirects included.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    private const int MaxRedirects = 5;

    /// <summary>Gets a page. Redirects are followed within the host, and told when they lead elsewhere.</summary>
    /// <exception cref="ToolRefusalException">It cannot be had; the message says why.</exception>
    public async Task<WebAnswer> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var client = new HttpClient(Handler()) { Timeout = Timeout.InfiniteTimeSpan };
            return await FollowAsync(client, address, either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && (limit.IsCancellationRequested || WordsOf(exception) is not null))
        {
            throw new ToolRefusalException(limit.IsCancellationRequested
                ? $"{WebAddress.HostOf(address)} took longer than {TimeLimit.TotalSeconds:N0} s. Nothing was fetched."
                : $"{WordsOf(exception)} Nothing was fetched.");
        }
    }

    private SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectCallback = ConnectAsync,
        Credentials = null,
        MaxResponseDrainSize = 0,
        PreAuthenticate = false,
        UseCookies = false,
        UseProxy = false,
    };

    private static async Task<WebAnswer> FollowAsync(HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        for (var followed = 0; followed <= MaxRedirects; followed++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.ParseAdd("text/html, text/plain, text/markdown, application/json;q=0.9, */*;q=0.1");
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Autocoder", null));
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (LocationOf(response, address) is not { } next)
            {
                return await ReadAsync(response, address, cancellationToken).ConfigureAwait(false);
            }

            if (!IsSamePlace(address, next))
            {
                return new WebAnswer(address, (int)response.StatusCode, "", "", [], IsCut: false, next);
            }

            address = next;
        }

        throw new ToolRefusalException($"{WebAddress.HostOf(address)} sends from one page to the next, more than {MaxRedirects} times. Nothing was fetched.");
    }

    private static Uri? LocationOf(HttpResponseMessage response, Uri address) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location
            ? Uri.TryCreate(address, location, out var next) ? new UriBuilder(next) { Fragment = "" }.Uri : null
            : null;

    // From http to https is no other place; the other way round it is.
    private static bool IsSamePlace(Uri from, Uri to) =>
        WebAddress.FindProblem(to) is null
        && WebAddress.HostOf(from) == WebAddress.HostOf(to)
        && (from.Scheme == to.Scheme || (from.Scheme == "http" && to.Scheme == "https"));

    private static async Task<WebAnswer> ReadAsync(HttpResponseMessage response, Uri address, CancellationToken cancellationToken)
    {
        var type = response.Content.Headers.ContentType;
        var mediaType = type?.MediaType?.ToLowerInvariant() ?? "";
        var answer = new WebAnswer(address, (int)response.StatusCode, mediaType, type?.CharSet?.Trim('"') ?? "", [], IsCut: false);
        if (!response.IsSuccessStatusCode || !WebText.CanRead(mediaType))
        {
            return answer;
        }

        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var body = new byte[MaxBytes + 1];
            var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return answer with { Body = body[..Math.Min(length, MaxBytes)], IsCut = length > MaxBytes };
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken).ConfigureAwait(false);

        // One that may not be is enough: a name that is half in here is not what it says.
        if (addresses.Length == 0 || !addresses.All(isAllowed))
        {
            throw new ToolRefusalException(
                $"{ToolText.Line(host, 200)} is not on the public internet: it is this machine, its network, or an address with a special purpose. Such places are never fetched.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string? WordsOf(Exception exception) => exception switch
    {
        ToolRefusalException refusal => refusal.Message.Replace(" Nothing was fetched.", "", StringComparison.Ordinal),
        AuthenticationException => "The server's certificate could not be trusted.",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => "There is no such host, or its name could not be looked up.",
        SocketException => "The server could not be reached.",
        HttpRequestException { InnerException: { } inner } when WordsOf(inner) is { } words => words,
        HttpRequestException or IOException or InvalidDataException => "The server did not answer as a web server does, or broke off.",
        _ => null,
    };
}
