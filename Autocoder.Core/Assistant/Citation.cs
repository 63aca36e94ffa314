namespace Autocoder.Core.Assistant;

/// <summary>A place in the project that a text refers to: <c>src/App.cs:12</c> or <c>src/App.cs:12-40</c>.</summary>
/// <param name="Path">As the text has it, with <c>/</c>; a guess until a <see cref="CitationChecker"/> has looked.</param>
/// <param name="FirstLine">1 for the first line of the file.</param>
/// <param name="LastLine">The first line again where only one is cited.</param>
/// <param name="Start">Where the citation is in the text, without back-ticks.</param>
/// <param name="Length">Its length in the text.</param>
public sealed record Citation(string Path, int FirstLine, int LastLine, int Start, int Length)
{
    /// <summary>As the text has it.</summary>
    public override string ToString() => FirstLine == LastLine ? $"{Path}:{FirstLine}" : $"{Path}:{FirstLine}-{LastLine}";
}
