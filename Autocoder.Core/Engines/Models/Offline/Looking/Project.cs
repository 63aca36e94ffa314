namespace Autocoder.Core.Engines.Models.Offline.Looking;

/// <summary>The project's files, as far as the tools of the run have shown them. Null always means: not yet.</summary>
internal static class Project
{
    /// <summary>The most pages of one file that are read: more than any file the tools would read has.</summary>
    private const int MaxPages = 60;

    /// <summary>The paths that match; empty also when the tool refused.</summary>
    public static FileList? Glob(this Lookups lookups, string pattern) =>
        lookups.Use("Glob", new { pattern }) is { } answer
            ? answer.Succeeded ? FileList.Parse(answer.Output) : new FileList([], HasMore: false)
            : null;

    /// <summary>The lines that match, whatever their case; empty also when the tool refused.</summary>
    public static SearchHits? Grep(this Lookups lookups, string pattern, int limit = 200) =>
        lookups.Use("Grep", new { pattern, ignore_case = true, limit }) is { } answer
            ? answer.Succeeded ? SearchHits.Parse(answer.Output) : new SearchHits([], HasMore: false)
            : null;

    /// <summary>One page of a file; without lines when it cannot be read.</summary>
    public static FilePage? Read(this Lookups lookups, string path, int? offset = null, int? limit = null)
    {
        var answer = (offset, limit) switch
        {
            (null, null) => lookups.Use("Read", new { path }),
            ({ } from, { } most) => lookups.Use("Read", new { path, offset = from, limit = most }),
            ({ } from, null) => lookups.Use("Read", new { path, offset = from }),
            (null, { } most) => lookups.Use("Read", new { path, limit = most }),
        };
        return answer is null
            ? null
            : answer.Succeeded && FilePage.TryParse(path, answer.Output, out var page) ? page : new FilePage([], 0, null);
    }

    /// <summary>A whole file, page after page.</summary>
    public static FilePage? ReadAll(this Lookups lookups, string path)
    {
        var whole = lookups.Read(path);
        for (var pages = 1; whole?.NextOffset is { } next && pages < MaxPages; pages++)
        {
            whole = lookups.Read(path, next) is { } page ? whole.With(page) : null;
        }

        return whole;
    }
}
