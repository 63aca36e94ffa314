using System.Text.Json;

namespace Autocoder.Core.Engines.Models.Scripted;

/// <summary>Reads scenario files, and says precisely what is wrong with those it refuses.</summary>
public static class ScenarioParser
{
    /// <summary>The largest file, in bytes.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
        MaxDepth = MaxDepth,
    };

    /// <summary>Reads one file.</summary>
    /// <param name="fileName">For messages only.</param>
    /// <exception cref="EngineException"><c>scenario_invalid</c>; the message names the file, the place and what was expected.</exception>
    public static Scenario Parse(string fileName, ReadOnlyMemory<byte> json)
    {
        if (json.Length > MaxBytes)
        {
            throw TooLarge(fileName);
        }

        try
        {
            // Editors on Windows like to write one.
            var withoutMark = json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json;
            using var document = JsonDocument.Parse(withoutMark, Options);
            return new ScenarioFileReader(fileName).Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw NotJson(fileName, exception);
        }
        catch (InvalidOperationException exception)
        {
            // Half a surrogate pair: JsonDocument notices it only when the string is read.
            throw Invalid(fileName, "the file", "whole characters", "half a character in a text", exception);
        }
    }

    internal static EngineException TooLarge(string fileName) =>
        Invalid(fileName, "the file", $"at most {MaxBytes / 1024 / 1024} MiB", "more than that");

    internal static EngineException Invalid(
        string fileName, string place, string expected, string found, Exception? innerException = null) => new(
            "scenario_invalid",
            $"The scenario {fileName} cannot be played: at {place}, expected {expected}, but found {found}. "
            + "Nothing was changed and the conversation is kept. Correct the file and send the prompt again.",
            innerException);

    private static EngineException NotJson(string fileName, JsonException exception)
    {
        var line = (exception.LineNumber ?? 0) + 1;
        var column = (exception.BytePositionInLine ?? 0) + 1;
        var reason = exception.Message.Split(" LineNumber:")[0].TrimEnd('.', ' ');
        var isTooDeep = reason.Contains("depth", StringComparison.OrdinalIgnoreCase);
        return Invalid(
            fileName,
            $"line {line}, byte {column}",
            isTooDeep ? $"at most {MaxDepth} levels of nesting" : "JSON",
            isTooDeep ? "more" : $"something else ({reason})",
            exception);
    }
}
