using Microsoft.Extensions.Options;

namespace Autocoder.Core.Engines;

/// <summary>Refuses to start with a default engine that does not exist, instead of failing the first run.</summary>
internal sealed class EngineOptionsValidator(IEnumerable<IAgentEngine> engines) : IValidateOptions<EngineOptions>
{
    public ValidateOptionsResult Validate(string? name, EngineOptions options)
    {
        var id = EngineCatalog.Split(options.Default ?? "").Id;
        var known = engines.Select(engine => engine.Description.Id).ToArray();
        return known.Contains(id)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{EngineOptions.SectionName}:Default is '{options.Default}', but there is no such engine. "
                + $"Use one of: {string.Join(", ", known)}.");
    }
}
