using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Autocoder.Tests.Journeys;

/// <summary>A site with one page, which tries whatever a page may try against an address that is not its own.</summary>
internal sealed class ForeignSite : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly byte[] _page;

    public ForeignSite(Uri target)
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}/");
        _page = Encoding.UTF8.GetBytes(Page(target));
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Address { get; }

    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Page(Uri target) =>
        $$"""
        <!doctype html><title>Another site</title>
        <p id="read">waiting</p><p id="post">waiting</p><p id="socket">waiting</p><p id="picture">waiting</p>
        <iframe name="inside" src="{{target}}"></iframe>
        <form method="post" enctype="text/plain" action="{{target}}uploads?name=form.txt"><input name="a" value="b"><button>Win a prize</button></form>
        <script>
          const say = (id, text) => document.getElementById(id).textContent = text;
          fetch('{{target}}healthz', { mode: 'no-cors' }).then(answer => say('read', answer.type), () => say('read', 'refused'));
          fetch('{{target}}uploads?name=foreign.txt', { method: 'POST', mode: 'no-cors', body: 'foreign' })
            .then(answer => say('post', answer.type), () => say('post', 'refused'));
          const socket = new WebSocket('ws://{{target.Authority}}/_blazor');
          socket.onopen = () => say('socket', 'open');
          socket.onerror = () => say('socket', 'refused');
          const picture = new Image();
          picture.onload = () => say('picture', 'shown');
          picture.onerror = () => say('picture', 'refused');
          picture.src = '{{target}}favicon.svg';
        </script>
        """;

    private async Task ServeAsync()
    {
        try
        {
            while (_listener.IsListening)
            {
                var context = await _listener.GetContextAsync();
                context.Response.ContentType = "text/html; charset=utf-8";
                context.Response.Close(_page, willBlock: false);
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // It was closed.
        }
    }
}
