using System.Globalization;
using System.Text.Json;
using Autocoder.Core.Tools;

namespace Autocoder.Core.Engines.ClaudeCode;

/// <summary>What went wrong, in words for the person, with what to do. Pure.</summary>
internal static class CliFailure
{
    private const int MaxSaid = 400;
    private const string Kept = "What had arrived is kept.";

    /// <summary>A turn that ended with an error.</summary>
    public static EngineException OfResult(JsonElement result)
    {
        var said = ToolText.Line(result.Text("result") ?? result.List("errors").Select(error => error.AsText()).FirstOrDefault() ?? "", MaxSaid);
        return (result.Number("api_error_status"), said) switch
        {
            (_, _) when said.Contains("Not logged in", StringComparison.OrdinalIgnoreCase) || said.Contains("/login", StringComparison.Ordinal) => new(
                "not_signed_in",
                "Claude Code is not signed in. Run “claude” in a terminal and use /login there, or set Autocoder:ClaudeCode:ApiKey, and send the prompt again."),
            (401 or 403, _) => new(
                "key_rejected", $"The server did not accept the key. Check Autocoder:ClaudeCode:ApiKey, or sign in again with “claude” and /login. It said: {said}"),
            (404, _) => new(
                "model_unknown", $"The model is not available with this key. Choose another one in the settings and send the prompt again. It said: {said}"),
            (429, _) => new("rate_limit", $"The limit of requests is reached. {Kept} Wait a while and send the prompt again. It said: {said}"),
            (529, _) => new("overloaded", $"The model is overloaded, and trying again did not help. {Kept} Send the prompt again in some minutes."),
            (_, _) when said.Contains("Overloaded", StringComparison.OrdinalIgnoreCase) => new(
                "overloaded", $"The model is overloaded, and trying again did not help. {Kept} Send the prompt again in some minutes."),
            (_, _) when result.Text("terminal_reason") == "prompt_too_long" || said.Contains("too long", StringComparison.OrdinalIgnoreCase) => new(
                IContextSummarizer.ContextOverflow, $"The conversation is too long for the model. {Kept} Start a new conversation, or send a shorter prompt."),
            (null, _) when said.Contains("refused", StringComparison.OrdinalIgnoreCase) || said.Contains("connect", StringComparison.OrdinalIgnoreCase) => new(
                "unreachable", $"The server cannot be reached. {Kept} Check the network and Autocoder:ClaudeCode:BaseUrl, and send the prompt again. It said: {said}"),
            (var status, _) => new(
                "engine_failed",
                string.Create(CultureInfo.InvariantCulture, $"Claude Code could not go on{(status is null ? "" : $" (error {status})")}. {Kept} Send the prompt again to try once more. It said: {(said.Length > 0 ? said : result.Text("subtype"))}")),
        };
    }

    /// <summary>It ended in the middle of a turn.</summary>
    public static EngineException Ended(int? exitCode, string errors) => new(
        "engine_ended",
        string.Create(
            CultureInfo.InvariantCulture,
            $"Claude Code ended unexpectedly{(exitCode is null ? "" : $" (exit code {exitCode})")}. {Kept} Send the next prompt: it goes on with the same session.{Said(errors)}"));

    /// <summary>It did not start.</summary>
    public static EngineException NotStarted(string errors) => new(
        "engine_not_started", $"Claude Code could not be started. Nothing was done. The settings show what is wrong with it.{Said(errors)}");

    /// <summary>It is not there.</summary>
    public static EngineException Missing(CliProgram cli) => new("engine_missing", $"{cli.MissingText} Nothing was done. {CliProgram.InstallAdvice}");

    private static string Said(string errors) => string.IsNullOrWhiteSpace(errors) ? "" : $" It said: {ToolText.Line(errors.Trim(), MaxSaid)}";
}
