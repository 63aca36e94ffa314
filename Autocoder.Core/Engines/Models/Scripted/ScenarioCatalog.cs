using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Engines.Models.Scripted;

/// <summary>The scenarios that can be played: the built-in ones, and those in a person's own folder.</summary>
/// <remarks>A built-in name cannot be replaced, so that the demo is always the demo.</remarks>
public sealed partial class ScenarioCatalog(IOptions<ScenarioOptions> options)
{
    private static readonly Assembly Assembly = typeof(ScenarioCatalog).Assembly;
    private static readonly string ResourcePrefix = typeof(ScenarioCatalog).Namespace + ".Scenarios.";

    /// <summary>All scenarios, the built-in ones first; one that cannot be played says why.</summary>
    public async Task<IReadOnlyList<ScenarioInfo>> ListAsync(CancellationToken cancellationToken = default)
    {
        var scenarios = new List<ScenarioInfo>();
        foreach (var name in BuiltInNames())
        {
            scenarios.Add(await DescribeAsync(name, isBuiltIn: true, cancellationToken).ConfigureAwait(false));
        }

        foreach (var name in OwnNames())
        {
            scenarios.Add(await DescribeAsync(name, isBuiltIn: false, cancellationToken).ConfigureAwait(false));
        }

        return scenarios;
    }

    /// <summary>Reads one scenario.</summary>
    /// <exception cref="EngineException"><c>scenario_unknown</c> or <c>scenario_invalid</c>.</exception>
    public async Task<Scenario> GetAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!NamePattern().IsMatch(name))
        {
            throw Unknown("That is not the name of a scenario");
        }

        var fileName = name + ".json";
        await using var stream = Open(fileName) ?? throw Unknown($"There is no scenario '{name}'");
        return ScenarioParser.Parse(fileName, await ReadAsync(stream, fileName, cancellationToken).ConfigureAwait(false));
    }

    // \z and not $: the latter also matches before a line break at the end.
    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,49}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    private static EngineException Unknown(string what) => new(
        "scenario_unknown", $"{what}. Nothing was played. Built in are: {string.Join(", ", BuiltInNames())}.");

    private static IEnumerable<string> BuiltInNames() => Assembly.GetManifestResourceNames()
        .Where(resource => resource.StartsWith(ResourcePrefix, StringComparison.Ordinal))
        .Select(resource => resource[ResourcePrefix.Length..^".json".Length])
        .Order(StringComparer.Ordinal);

    private static async Task<byte[]> ReadAsync(Stream stream, string fileName, CancellationToken cancellationToken)
    {
        // The length is not asked for first: a file may grow while it is read.
        using var bytes = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > ScenarioParser.MaxBytes)
            {
                throw ScenarioParser.TooLarge(fileName);
            }
        }

        return bytes.ToArray();
    }

    private async Task<ScenarioInfo> DescribeAsync(string name, bool isBuiltIn, CancellationToken cancellationToken)
    {
        if (!isBuiltIn && BuiltInNames().Contains(name))
        {
            return new ScenarioInfo(name, "", isBuiltIn, $"'{name}' is the name of a built-in scenario. Give the file another name.");
        }

        try
        {
            var scenario = await GetAsync(name, cancellationToken).ConfigureAwait(false);
            return new ScenarioInfo(name, scenario.Description, isBuiltIn);
        }
        catch (EngineException exception)
        {
            return new ScenarioInfo(name, "", isBuiltIn, exception.Message);
        }
    }

    private IEnumerable<string> OwnNames()
    {
        var folder = options.Value.Folder;
        try
        {
            return string.IsNullOrWhiteSpace(folder) || !Directory.Exists(folder)
                ? []
                : Directory.GetFiles(folder, "*.json")
                    .Select(path => Path.GetFileNameWithoutExtension(path))
                    .Where(name => NamePattern().IsMatch(name))
                    .Order(StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EngineException(
                "scenario_folder_unreadable",
                $"The folder of your scenarios, {folder}, cannot be read: {exception.Message} The built-in ones still work.",
                exception);
        }
    }

    private Stream? Open(string fileName)
    {
        if (Assembly.GetManifestResourceStream(ResourcePrefix + fileName) is { } builtIn)
        {
            return builtIn;
        }

        var folder = options.Value.Folder;
        if (string.IsNullOrWhiteSpace(folder))
        {
            return null;
        }

        try
        {
            return new FileStream(
                Path.Combine(folder, fileName), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, useAsync: true);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ScenarioParser.Invalid(fileName, "the file", "a file that can be read", exception.Message, exception);
        }
    }
}
