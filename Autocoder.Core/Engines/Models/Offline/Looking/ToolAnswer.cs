namespace Autocoder.Core.Engines.Models.Offline.Looking;

/// <summary>What a tool said in this run.</summary>
internal sealed record ToolAnswer(string Output, bool Succeeded);
