using Microsoft.Extensions.Options;

namespace Autocoder.Core.Engines;

/// <summary>Refuses to start with an engine that does not exist, instead of failing the first run.</summary>
internal sealed class EngineOptionsValidator(IEnumerable<IAgentEngine> engines) : IValidateOptions<EngineOptions>
{
    public ValidateOptionsResult Validate(string? name, EngineOptions options)
    {
        var known = engines.Select(engine => engine.Description.Id).ToArray();
        (string Name, string Value)[] named =
        [
            ("Default", options.Default ?? ""), .. Chosen("Spec", options.Spec), .. Chosen("Assistant", options.Assistant), .. Chosen("Agent", options.Agent),
        ];
        var problems = named
            .Where(setting => !known.Contains(EngineCatalog.Split(setting.Value).Id))
            .Select(setting => $"{EngineOptions.SectionName}:{setting.Name} is '{setting.Value}', but there is no such engine. Use one of: {string.Join(", ", known)}.")
            .ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static (string, string)[] Chosen(string name, string? value) => string.IsNullOrWhiteSpace(value) ? [] : [(name, value)];
}
