using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Autocoder.Core.Engines.Models.Anthropic;

/// <summary>Looks at the Messages API for the settings.</summary>
internal sealed class AnthropicProbe(AnthropicModelClient client, IOptionsMonitor<AnthropicOptions> options, TimeProvider clock) : IEngineProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public string EngineId => AnthropicServices.EngineId;

    public async Task<EngineHealth> CheckAsync(bool isThorough, CancellationToken cancellationToken)
    {
        AnthropicOptions settings;
        try
        {
            settings = options.CurrentValue;
        }
        catch (OptionsValidationException exception)
        {
            return new EngineHealth(EngineCondition.Failed, string.Join(' ', exception.Failures), "Mend the setting.", []);
        }

        if (settings.AddressProblem is { } problem)
        {
            return new EngineHealth(EngineCondition.Failed, problem, AnthropicEnvironment.Advice, []);
        }

        KeyValuePair<string, string>[] facts =
        [
            new("Address", settings.Address), new("Model", settings.ModelOf(null)), new("Key", KeyWords(settings)),
        ];
        if (settings.IsOwnAddress && settings.ApiKey.Length == 0 && settings.AuthToken.Length == 0)
        {
            return new EngineHealth(
                EngineCondition.NotConfigured, "There is no key.", "Enter a key, or start Autocoder with ANTHROPIC_API_KEY. For a local server, set its address.", facts);
        }

        if (!isThorough)
        {
            return new EngineHealth(EngineCondition.Available, "It has what it needs. Nothing was asked of the server yet.", null, facts);
        }

        var (models, failure) = await ListAsync(settings, cancellationToken).ConfigureAwait(false);
        return failure switch
        {
            null => new EngineHealth(EngineCondition.Ready, models.Count == 1 ? "The server answers, with 1 model." : $"The server answers, with {models.Count} models.", null, facts),

            // A compatible server need not list its models; that it answered is what was to be found out.
            { Code: "model_unknown" } => new EngineHealth(EngineCondition.Available, "The server answers, but does not list its models.", "Type the name of a model it has.", facts),
            { Code: "key_rejected" or "key_forbidden" } => new EngineHealth(EngineCondition.KeyRejected, failure.Text, failure.Advice, facts),
            { Code: "model_unreachable" or "model_silent" or "model_stream_cut" } => new EngineHealth(EngineCondition.Unreachable, failure.Text, failure.Advice, facts),
            _ => new EngineHealth(EngineCondition.Failed, failure.Text, failure.Advice, facts),
        };
    }

    public async Task<IReadOnlyList<EngineModel>> ListModelsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var settings = options.CurrentValue;
            return settings.AddressProblem is null ? (await ListAsync(settings, cancellationToken).ConfigureAwait(false)).Models : [];
        }
        catch (OptionsValidationException)
        {
            return [];
        }
    }

    private async Task<(IReadOnlyList<EngineModel> Models, ModelFailure? Failure)> ListAsync(AnthropicOptions settings, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var connection = new AnthropicConnection(settings, client.Sockets);
        try
        {
            var page = await connection.Client.Models.List(cancellationToken: either.Token).ConfigureAwait(false);
            return ([.. page.Items.Select(model => Read(model.RawData)).OfType<EngineModel>()], null);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var failure = limit.IsCancellationRequested ? ModelFailure.Silence(Patience) : ModelFailure.Of(exception, settings.ModelOf(null), settings);
            return ([], failure ?? new ModelFailure("model_call_failed", false, false, "The server's answer was not understood.", "Check the address: it should be a Messages API."));
        }
    }

    private static EngineModel? Read(IReadOnlyDictionary<string, JsonElement> model) =>
        TextOf(model, "id") is { Length: > 0 } id
            ? new EngineModel(id, TextOf(model, "display_name") is { Length: > 0 } name ? name : id)
            : null;

    private static string TextOf(IReadOnlyDictionary<string, JsonElement> model, string name) =>
        model.TryGetValue(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() ?? "" : "";

    private static string KeyWords(AnthropicOptions settings)
    {
        var key = settings.ApiKey.Length > 0 ? settings.ApiKey : settings.AuthToken;
        return key.Length switch
        {
            0 => "none",
            < 12 => "set",
            _ => $"ends in {key[^4..]}",
        };
    }
}
