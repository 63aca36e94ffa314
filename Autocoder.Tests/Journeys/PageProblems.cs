using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Autocoder.Tests.Journeys;

/// <summary>Collects what a page complains about: errors on its console, and requests to other hosts.</summary>
internal sealed class PageProblems
{
    private readonly ConcurrentQueue<string> _problems = [];

    public PageProblems(IPage page)
    {
        page.Console += (_, message) =>
        {
            if (message.Type is "error")
            {
                _problems.Enqueue($"console: {message.Text}");
            }
        };
        page.PageError += (_, error) => _problems.Enqueue($"error: {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("http://127.0.0.1:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)
                && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                _problems.Enqueue($"request to {request.Url}");
            }
        };
    }

    public void AssertNone() => Assert.Empty(_problems);
}
