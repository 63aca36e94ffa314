using Autocoder.Core.Conversations;

namespace Autocoder.Core.Tools;

/// <summary>Asks the person and waits for the answer.</summary>
public sealed class AskUserTool() : Tool(
    "AskUser",
    "Asks the person one to six questions and waits for the answers. Give 2 to 12 options to choose from, or none for an answer "
    + "in words; the page always offers \"Other\" with free text, so do not list it. The result is JSON: "
    + """{"answers":[{"question_id","question","options":[ids],"labels":[...],"text"}]}.""",
    QuestionJson.Schema,
    ToolEffect.ReadOnly)
{
    private protected override string TitleOf(ToolArguments arguments) => arguments.List("questions") switch
    {
        [var only] => $"Ask: {only.Text("question")}",
        { Count: > 1 } several => $"Ask {several.Count} questions: {string.Join(", ", several.Select(question => question.Text("header")))}",
        _ => "Ask the person",
    };

    private protected override async Task<ToolResult> RunAsync(
        ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        if (!QuestionJson.TryRead(arguments, out var questions, out var problem))
        {
            return ToolResult.Failure($"{problem} Nothing was asked.");
        }

        var answers = await context.Run.AskAsync(context.CallId, questions, cancellationToken).ConfigureAwait(false);
        return new ToolResult(QuestionJson.WriteAnswers(questions, answers));
    }
}
