using System.Text;
using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Transcripts;

namespace Autocoder.Core.Assistant;

/// <summary>What a run did with files, by its own tool calls: what an answer rests on, and whether anything was changed for it.</summary>
/// <param name="Read">Each file once, in the order of the first look.</param>
/// <param name="Searches">What was searched for, in words, one for each search.</param>
/// <param name="Written">Each file once, as the tools that wrote them said.</param>
/// <param name="Commands">Calls that may have changed something and name no file: commands above all.</param>
public sealed record FileReceipt(
    IReadOnlyList<FileRead> Read, IReadOnlyList<string> Searches, IReadOnlyList<string> Written, IReadOnlyList<string> Commands)
{
    /// <summary>How many bytes of files were given to the model.</summary>
    public long Bytes => Read.Sum(file => file.Bytes);

    /// <summary>Whether the run used a tool that could have changed anything.</summary>
    public bool OnlyRead => Written.Count == 0 && Commands.Count == 0;

    /// <summary>Adds up the tool calls of one run. What failed before it began is not counted.</summary>
    public static FileReceipt Of(IEnumerable<ToolCallItem> calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        var read = new List<FileRead>();
        var (searches, written, commands) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var call in calls.Where(call => call.StartedAt is not null))
        {
            if (call.ChangedFile is { } changed)
            {
                written.Add(changed);
            }
            else if (call.Effect is ToolEffect.SideEffect or ToolEffect.Idempotent && call.Tool is not ("AskUser" or "UpdatePlan"))
            {
                commands.Add(call.Title);
            }
            else if (call is { Tool: "Read", Status: ToolCallStatus.Completed })
            {
                Add(read, SeenLines.PathOf(call.Arguments) ?? call.Title, Encoding.UTF8.GetByteCount(call.Output ?? ""));
            }
            else if (call.Tool is "Grep" or "Glob")
            {
                searches.Add(call.Title);
            }
        }

        return new FileReceipt(read, searches, [.. written.Distinct(StringComparer.Ordinal)], commands);
    }

    private static void Add(List<FileRead> read, string path, int bytes)
    {
        var index = read.FindIndex(file => file.Path == path);
        if (index < 0)
        {
            read.Add(new FileRead(path, bytes));
        }
        else
        {
            read[index] = read[index] with { Bytes = read[index].Bytes + bytes };
        }
    }
}
