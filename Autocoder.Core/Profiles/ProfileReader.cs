using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Autocoder.Core.Conversations;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Profiles;

/// <summary>Makes a profile of what a person wrote, or says in words what is wrong with it. Pure.</summary>
/// <param name="builtIn">What a profile can be based on.</param>
/// <param name="tools">The tools there are.</param>
internal sealed partial class ProfileReader(IReadOnlyList<Profile> builtIn, ToolCatalog tools)
{
    private const int MaxTextLength = 100_000;
    private const int MaxSteps = 1_000;
    private const int MaxRules = 200;

    private static readonly Dictionary<string, PlanningMode> PlanningModes = new(StringComparer.Ordinal)
    {
        ["direct"] = PlanningMode.Direct,
        ["planFirst"] = PlanningMode.PlanFirst,
        ["planApproved"] = PlanningMode.PlanApproved,
    };

    private static readonly Dictionary<string, PermissionEffect> Effects = new(StringComparer.Ordinal)
    {
        ["allow"] = PermissionEffect.Allow,
        ["ask"] = PermissionEffect.Ask,
        ["deny"] = PermissionEffect.Deny,
    };

    /// <summary>Reads a profile.</summary>
    /// <exception cref="ProfileException">It is none; the message says why, in words for the person.</exception>
    public Profile Read(ReadOnlySpan<byte> json)
    {
        var document = Parse(json);
        var id = document.Id is { } written && Id().IsMatch(written)
            ? written
            : throw new ProfileException("“id” must be a name of small letters, digits and hyphens that begins with a letter, at most 64 characters.");
        if (builtIn.Any(profile => profile.Id == id))
        {
            throw new ProfileException($"“{id}” is a profile that comes with Autocoder. Choose another id, and name “{id}” as the base.");
        }

        var basis = builtIn.FirstOrDefault(profile => profile.Id == document.Base)
            ?? throw new ProfileException($"“base” must be one of: {string.Join(", ", builtIn.Select(profile => profile.Id))}.");
        var limits = document.Limits ?? new ProfileDocumentLimits();
        return basis with
        {
            Id = id,
            Version = Positive(document.Version, "version") ?? VersionOf(json),
            Instructions = InstructionsOf(document, basis),
            Tools = ToolsOf(document, basis),
            Permissions = [.. basis.Permissions, .. PermissionsOf(document)],
            MaxSteps = Positive(limits.Steps, "limits.steps", MaxSteps) ?? basis.MaxSteps,
            MaxTokens = Positive(limits.Tokens, "limits.tokens") ?? basis.MaxTokens,
            MaxCostUsd = Positive(limits.CostUsd, "limits.costUsd") ?? basis.MaxCostUsd,
            MaxMinutes = Positive(limits.Minutes, "limits.minutes") ?? basis.MaxMinutes,
            Planning = Word(document.Planning, "planning", PlanningModes) ?? basis.Planning,
            SteeringNotes = Text(document.SteeringNotes, "steeringNotes") ?? basis.SteeringNotes,
        };
    }

    private static ProfileDocument Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            // The mark some editors put in front of a text is no part of it.
            var text = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
            return JsonSerializer.Deserialize(text, ProfileJsonContext.Default.ProfileDocument) ?? throw new ProfileException("It says nothing at all.");
        }
        catch (JsonException exception)
        {
            throw new ProfileException(ProblemOf(exception), exception);
        }
    }

    private static string ProblemOf(JsonException exception)
    {
        var place = exception.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;
        return Unmapped().Match(exception.Message) is { Success: true } unmapped
            ? $"It has “{unmapped.Groups["name"].Value}”, which is no property of a profile. Check the spelling."
            : place is null ? "It is not valid JSON: check brackets, quotes and commas." : $"“{place}” is not of the right kind, or the JSON breaks there.";
    }

    private static string InstructionsOf(ProfileDocument document, Profile basis)
    {
        var own = Text(document.Instructions, "instructions") ?? basis.Instructions;
        return Text(document.Append, "append") is { } more ? $"{own}\n\n{more}" : own;
    }

    private IReadOnlyList<string> ToolsOf(ProfileDocument document, Profile basis)
    {
        if (document.Tools is not { } names)
        {
            return basis.Tools;
        }

        var chosen = names.Select(name => name ?? throw new ProfileException("“tools” has an empty entry.")).Distinct(StringComparer.Ordinal).ToList();
        if (chosen.FirstOrDefault(name => tools.Find(name) is null) is { } unknown)
        {
            throw new ProfileException(
                $"There is no tool “{unknown}”. There are: {string.Join(", ", tools.Tools.Select(tool => tool.Definition.Name))}.");
        }

        // The assistant answers questions and the wizard interviews: what a person allows there, they allow without watching.
        return basis.Surface is ConversationKind.Agent
            || chosen.FirstOrDefault(name => !basis.Tools.Contains(name) && tools.Find(name)!.Definition.Effect is not ToolEffect.ReadOnly) is not { } writing
                ? chosen
                : throw new ProfileException(
                    $"“{writing}” changes something or reaches out of this machine, and a profile based on “{basis.Id}” only looks. Take it out, or base the profile on “coder”.");
    }

    private static IEnumerable<PermissionRule> PermissionsOf(ProfileDocument document)
    {
        var rules = document.Permissions ?? [];
        return rules.Count <= MaxRules
            ? rules.Select((rule, index) => new PermissionRule(
                Required(rule?.Tool, $"permissions, entry {index + 1}: “tool”"),
                Required(rule?.Resource ?? "**", $"permissions, entry {index + 1}: “resource”"),
                Word(rule?.Effect ?? "", $"permissions, entry {index + 1}: effect", Effects)!.Value))
            : throw new ProfileException($"There are {rules.Count} permissions; at most {MaxRules} are read.");
    }

    private static string Required(string? text, string name) =>
        string.IsNullOrWhiteSpace(text) ? throw new ProfileException($"In {name} is missing.") : text.Trim();

    private static string? Text(string? text, string name) => text switch
    {
        null => null,
        { Length: > MaxTextLength } => throw new ProfileException($"“{name}” has {text.Length:N0} characters; at most {MaxTextLength:N0} are taken."),
        _ => string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
    };

    private static T? Word<T>(string? word, string name, Dictionary<string, T> words) where T : struct => word switch
    {
        null => null,
        _ when words.TryGetValue(word, out var value) => value,
        _ => throw new ProfileException($"“{name}” must be one of: {string.Join(", ", words.Keys)}."),
    };

    private static T? Positive<T>(T? number, string name, T? most = null) where T : struct, IComparable<T> => number switch
    {
        { } value when value.CompareTo(default) <= 0 => throw new ProfileException($"“{name}” must be more than 0."),
        { } value when most is { } limit && value.CompareTo(limit) > 0 => throw new ProfileException($"“{name}” can be at most {limit:N0}."),
        _ => number,
    };

    // Whatever is changed in the file changes the version, so that a run can be explained later.
    private static int VersionOf(ReadOnlySpan<byte> json) =>
        Math.Max(1, BinaryPrimitives.ReadInt32BigEndian(SHA256.HashData(json)) & int.MaxValue);

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,63}\z")]
    private static partial Regex Id();

    [GeneratedRegex("^The JSON property '(?<name>[^']+)' could not be mapped")]
    private static partial Regex Unmapped();
}
