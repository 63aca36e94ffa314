namespace Autocoder.Core.Tools.Permissions.Commands.Grammar;

/// <summary>A word of a command line.</summary>
/// <param name="Source">As it was written.</param>
internal sealed record Word(IReadOnlyList<WordPart> Parts, string Source)
{
    /// <summary>What other commands write into it, in their order.</summary>
    public IEnumerable<Script> Substitutions => Parts.OfType<SubstitutionPart>().Select(part => part.Script);

    /// <summary>Its text when nothing in it is quoted and all of it stands for itself; else null. So are the shell's own words written.</summary>
    public string? Plain => Parts is [TextPart { IsQuoted: false } only] ? only.Text : null;
}
