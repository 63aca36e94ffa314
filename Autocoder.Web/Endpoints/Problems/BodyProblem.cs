using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Autocoder.Core.Conversations;

namespace Autocoder.Web.Endpoints.Problems;

/// <summary>Says what is wrong with a request, and where, without the names of our types.</summary>
public static partial class BodyProblem
{
    /// <summary>Puts into words why a body could not be read.</summary>
    public static string Describe(JsonException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var place = exception.Path is null or "$" ? "The body" : $"\"{exception.Path.TrimStart('$', '.')}\"";
        var line = (exception.LineNumber ?? 0) + 1;
        var end = string.Create(CultureInfo.InvariantCulture, $" (line {line}, byte {exception.BytePositionInLine ?? 0}). Nothing was done.");
        var message = exception.Message;
        if (Missing().Match(message) is { Success: true } missing)
        {
            return $"{place} lacks {missing.Groups["names"].Value.Replace('\'', '"')}{end}";
        }

        if (Unknown().IsMatch(message))
        {
            return $"{place} is not a field that is known here{end}";
        }

        if (Twice().IsMatch(message))
        {
            return $"{place} is there twice{end}";
        }

        if (Null().Match(message) is { Success: true } none)
        {
            return $"\"{JsonNamingPolicy.CamelCase.ConvertName(none.Groups["name"].Value)}\" cannot be null{end}";
        }

        return Unfit().Match(message) is { Success: true } unfit
            ? $"{place} should be {Words(unfit.Groups["type"].Value)}{end}"
            : $"{place} is not valid JSON{end}";
    }

    /// <summary>Puts into words why a request could not be bound.</summary>
    public static string Describe(BadHttpRequestException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (Unbound().Match(exception.Message) is { Success: true } unbound)
        {
            return $"\"{unbound.Groups["name"].Value}\" should be {Words(unbound.Groups["type"].Value)}, not \"{unbound.Groups["value"].Value}\". Nothing was done.";
        }

        return NoBody().IsMatch(exception.Message)
            ? "The body is missing. Nothing was done."
            : "The request cannot be understood. Nothing was done.";
    }

    private static string Words(string type)
    {
        type = type.Replace("System.Nullable`1[", "", StringComparison.Ordinal).Replace("Nullable<", "", StringComparison.Ordinal).TrimEnd(']', '>', '.');
        var name = type.Split('`')[0].Split('.')[^1];
        return name switch
        {
            "Guid" => "a GUID",
            "String" or "string" => "a text",
            "Boolean" or "bool" => "true or false",
            "Int32" or "int" or "Int64" or "long" => "a whole number",
            "IReadOnlyList" or "List" => "a list",
            _ => typeof(ConversationKind).Assembly.GetType(type) is { IsEnum: true } choice
                ? $"one of {string.Join(", ", Enum.GetNames(choice))}"
                : "an object",
        };
    }

    // The texts of System.Text.Json. Should a newer one word them otherwise, the place is still named; a test notices.
    [GeneratedRegex(@"missing required properties including: (?<names>.+?)\.?$")]
    private static partial Regex Missing();

    [GeneratedRegex("could not be mapped to any .NET member")]
    private static partial Regex Unknown();

    [GeneratedRegex("^Duplicate property")]
    private static partial Regex Twice();

    [GeneratedRegex(@"(constructor parameter|property or field) '(?<name>[^']*)' .*(null)")]
    private static partial Regex Null();

    [GeneratedRegex(@"could not be converted to (?<type>\S+)")]
    private static partial Regex Unfit();

    [GeneratedRegex(@"^Failed to bind parameter ""(?<type>\S+) (?<name>\w+)"" from ""(?<value>.*)""\.$", RegexOptions.Singleline)]
    private static partial Regex Unbound();

    [GeneratedRegex("was not provided from body|Implicit body inferred")]
    private static partial Regex NoBody();
}
