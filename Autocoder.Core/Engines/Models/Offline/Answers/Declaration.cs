using Autocoder.Core.Engines.Models.Offline.Looking;

namespace Autocoder.Core.Engines.Models.Offline.Answers;

/// <summary>Something a file declares.</summary>
/// <param name="Kind">As the language calls it, <c>class</c>; empty for a method.</param>
internal sealed record Declaration(string Kind, string Name, FoundLine Line);
