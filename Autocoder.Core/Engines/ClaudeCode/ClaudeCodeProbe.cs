using System.ComponentModel;
using System.Text.Json;
using System.Text.RegularExpressions;
using Autocoder.Core.Processes;
using Autocoder.Core.Tools;
using Microsoft.Extensions.Logging;

namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>Looks whether Claude Code can be used.</summary>
internal sealed partial class ClaudeCodeProbe(CliProgram cli, ChildProcesses processes, ILogger<CliSession> logger) : IEngineProbe
{
    private static readonly TimeSpan VersionLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public string EngineId => "claude-code";

    /// <inheritdoc/>
    public async Task<EngineHealth> CheckAsync(bool isThorough, CancellationToken cancellationToken)
    {
        var facts = new List<KeyValuePair<string, string>>();
        if (cli.Find() is not { } program)
        {
            return new EngineHealth(EngineCondition.Missing, cli.MissingText, CliProgram.InstallAdvice, facts);
        }

        facts.Add(new("Program", program));
        var (version, said) = await VersionOfAsync(program, cancellationToken).ConfigureAwait(false);
        if (version is null)
        {
            return new EngineHealth(
                EngineCondition.Failed, $"{program} did not say which version it is. It said: {said}",
                "Check Autocoder:ClaudeCode:Path: it must be Claude Code itself.", facts);
        }

        facts.Add(new("Version", version.ToString()));
        if (version < CliProgram.Oldest)
        {
            return new EngineHealth(
                EngineCondition.TooOld, $"Claude Code {version} is too old; Autocoder needs {CliProgram.Oldest} or newer.",
                "Update it with “claude update” or “npm install -g @anthropic-ai/claude-code”, and try again.", facts);
        }

        if (cli.BaseUrl is { } address && !Models.Anthropic.AnthropicOptions.IsAddress(address))
        {
            return new EngineHealth(
                EngineCondition.Failed, "The address of its model is not that of a server.",
                "Mend Autocoder:ClaudeCode:BaseUrl or the environment variable ANTHROPIC_BASE_URL: write https://host or http://127.0.0.1:8080.", facts);
        }

        facts.Add(new("Sessions", cli.ConfigDirectory ?? "your own (~/.claude)"));
        facts.Add(new("Address", cli.BaseUrl ?? "its own"));
        return await SignInAsync(program, version, isThorough, facts, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<EngineModel>> ListModelsAsync(CancellationToken cancellationToken)
    {
        if (cli.Find() is not { } program)
        {
            return [];
        }

        try
        {
            await using var session = await StartAsync(program, cancellationToken).ConfigureAwait(false);
            return
            [
                .. session.Greeting.List("models")
                    .Select(model => (Id: model.Text("value"), Name: model.Text("displayName")))
                    .Where(model => model.Id is { Length: > 0 and <= 100 } and not "default")
                    .Select(model => new EngineModel(model.Id!, ToolText.Line(model.Name ?? model.Id!, 100))),
            ];
        }
        catch (Exception exception) when (exception is CliStartException or Win32Exception)
        {
            return [];
        }
    }

    private async Task<EngineHealth> SignInAsync(
        string program, Version version, bool isThorough, List<KeyValuePair<string, string>> facts, CancellationToken cancellationToken)
    {
        try
        {
            await using var session = await StartAsync(program, cancellationToken).ConfigureAwait(false);
            var account = session.Greeting.At("account");
            var source = Named(account.Text("apiKeySource")) ?? Named(account.Text("tokenSource")) ?? Named(account.Text("email"));
            if (source is null)
            {
                return new EngineHealth(
                    EngineCondition.NotSignedIn, $"Claude Code {version} is installed, but nobody is signed in.",
                    "Run “claude” in a terminal and use /login there, or set Autocoder:ClaudeCode:ApiKey.", facts);
            }

            facts.Add(new("Signed in by", ToolText.Line(source, 100)));
            return isThorough
                ? await TryAsync(session, version, facts, cancellationToken).ConfigureAwait(false)
                : new EngineHealth(EngineCondition.Available, $"Claude Code {version} is installed and has a sign-in.", Advice: null, facts);
        }
        catch (CliStartException exception)
        {
            return new EngineHealth(
                EngineCondition.Failed, $"Claude Code {version} did not start. It said: {ToolText.Line(exception.Said, 300)}",
                "Run “claude” in a terminal and see what it says.", facts);
        }
        catch (Win32Exception exception)
        {
            return new EngineHealth(EngineCondition.Failed, $"{program} cannot be started: {exception.Message}", "Check Autocoder:ClaudeCode:Path.", facts);
        }
    }

    // One word, without tools: the only way to know whether the key is accepted.
    private static async Task<EngineHealth> TryAsync(
        CliSession session, Version version, List<KeyValuePair<string, string>> facts, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AnswerLimit);
        try
        {
            session.SendUser("Answer with the one word: ready", Guid.NewGuid());
            await foreach (var message in session.ReadAsync(limit.Token).ConfigureAwait(false))
            {
                if (message.Text("type") == "result")
                {
                    return Judge(message, version, facts);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new EngineHealth(EngineCondition.Unreachable, "The server did not answer in time.", "Check the network, and try again.", facts);
        }

        return new EngineHealth(EngineCondition.Failed, "Claude Code ended before it answered.", "Run “claude” in a terminal and see what it says.", facts);
    }

    private static EngineHealth Judge(JsonElement result, Version version, List<KeyValuePair<string, string>> facts)
    {
        if (!result.Flag("is_error"))
        {
            return new EngineHealth(EngineCondition.Ready, $"Claude Code {version} was tried and answers.", Advice: null, facts);
        }

        var failure = CliFailure.OfResult(result);
        var condition = failure.Code switch
        {
            "not_signed_in" => EngineCondition.NotSignedIn,
            "key_rejected" => EngineCondition.KeyRejected,
            "unreachable" => EngineCondition.Unreachable,
            _ => EngineCondition.Failed,
        };
        return new EngineHealth(condition, failure.Message, "Set it right and try again.", facts);
    }

    private Task<CliSession> StartAsync(string program, CancellationToken cancellationToken) => CliSession.StartAsync(
        processes, cli, program, Look(), resume: null, logger, cancellationToken);

    private CliLaunch Look() => new(Path.GetTempPath(), cli.Model, "Answer briefly.", OwnTools: "", HostTools: []) { IsForgotten = true };

    private async Task<(Version? Version, string Said)> VersionOfAsync(string program, CancellationToken cancellationToken)
    {
        try
        {
            var request = cli.ToRequest(Guid.NewGuid(), program, ["--version"], Path.GetTempPath()) with { TimeLimit = VersionLimit };
            var result = await processes.RunAsync(request, cancellationToken, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            var said = ToolText.Line($"{result.Output} {result.Errors}".Trim(), 200);
            return (VersionPattern().Match(said) is { Success: true } match ? Version.Parse(match.Value) : null, said);
        }
        catch (Win32Exception exception)
        {
            return (null, exception.Message);
        }
    }

    private static string? Named(string? source) => source is null or "" or "none" ? null : source;

    [GeneratedRegex(@"\d{1,6}\.\d{1,6}\.\d{1,6}(?=\s*\(Claude Code\))")]
    private static partial Regex VersionPattern();
}
