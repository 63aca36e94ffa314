using System.Reflection;
using System.Text.RegularExpressions;
using Autocoder.Core.Conversations.Events;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Runs.Parity;

/// <summary>P16: <c>docs/parity.md</c> has every behaviour of the older system, and what it says is shown by tests that exist.</summary>
public sealed partial class ParityTableTests
{
    private static readonly string[] Lines = File.ReadAllLines(Repository.PathOf("docs", "parity.md"));

    [Fact]
    public void Every_behaviour_has_its_row() => Assert.Equal(
        Enumerable.Range(1, 23).Select(number => $"S{number}"), Rows().Select(row => row[0]));

    [Fact]
    public void Every_row_names_a_test_that_runs()
    {
        var tests = typeof(ParityTableTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is { Skip: null }))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")
            .ToHashSet(StringComparer.Ordinal);

        Assert.All(Rows(), row => Assert.NotEmpty(TestName().Matches(row[3])));
        Assert.Subset(tests, Lines.SelectMany(line => TestName().Matches(line)).Select(name => name.Groups[1].Value).ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_event_it_names_exists()
    {
        var messages = Lines.SkipWhile(line => !line.StartsWith("## Messages", StringComparison.Ordinal)).Select(Cells).Where(cells => cells.Length == 2);
        var named = messages.SelectMany(cells => EventName().Matches(cells[1])).Select(name => name.Groups[1].Value).ToList();

        Assert.True(named.Count > 15);
        Assert.Empty(named.Except([.. EventCatalog.Kinds.Select(kind => kind.Kind), "text", "synced", "heartbeat"]));
    }

    private static List<string[]> Rows() => [.. Lines.Select(Cells).Where(cells => cells.Length == 4 && BehaviourNumber().IsMatch(cells[0]))];

    private static string[] Cells(string line) =>
        line.StartsWith('|') ? [.. line.Trim('|').Split('|').Select(cell => cell.Trim())] : [];

    [GeneratedRegex(@"\AS\d+\z")]
    private static partial Regex BehaviourNumber();

    [GeneratedRegex(@"`(\w+\.\w+)`")]
    private static partial Regex TestName();

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex EventName();
}
