namespace Autocoder.Core.Features;

/// <summary>The backlog refuses a change. The message says why and what to do; nothing was changed.</summary>
public sealed class FeatureException(string message) : Exception(message);
