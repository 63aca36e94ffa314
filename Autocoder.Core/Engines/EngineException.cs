namespace Autocoder.Core.Engines;

/// <summary>An engine cannot go on. The message is for the person: what happened and what to do.</summary>
public sealed class EngineException(string code, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Stable, for example <c>scenario_invalid</c>.</summary>
    public string Code { get; } = code;
}
