using System.Text.Json;
using Autocoder.Core.Conversations;
using Autocoder.Core.Engines.Models;
using Autocoder.Core.Engines.Models.Offline;
using Autocoder.Core.Engines.Models.Offline.Wizard;
using Autocoder.Core.Profiles;
using Autocoder.Core.Specs;
using Autocoder.Core.Specs.Composing;
using Autocoder.Core.Specs.Interviews;
using Autocoder.Core.Tools;
using Autocoder.Tests.TestSupport;

namespace Autocoder.Tests.Specs;

public sealed class OfflineWizardTests
{
    private readonly List<ModelMessage> _messages = [ModelMessage.User(Interview.OpeningPrompt)];
    private int _calls;

    private IReadOnlyList<OfflineAction> Next() => OfflineWizard.Next(
        new ModelRequest(ConversationKind.Spec, new Profile("spec", 1, ConversationKind.Spec, "", [], 60), null, "lists", "", _messages, [],
            Positions.After(_messages)));

    // Does what the loop does with an answer: records it, runs the calls, and lets the person answer.
    private string Play(SpecPerson person)
    {
        for (var count = 0; count < 60; count++)
        {
            var actions = Next();
            var said = string.Join('\n', actions.OfType<OfflineAction.Say>().Select(say => say.Markdown));
            if (!Take(actions, person))
            {
                return said;
            }
        }

        throw new InvalidOperationException("The wizard does not end.");
    }

    private bool Take(IReadOnlyList<OfflineAction> actions, SpecPerson person)
    {
        var calls = actions.OfType<OfflineAction.Use>().Select(use => new ModelPart.ToolCall($"c{++_calls}", use.Tool, use.Arguments)).ToList();
        _messages.Add(new ModelMessage(ModelRole.Assistant, [.. actions.OfType<OfflineAction.Say>().Select(say => new ModelPart.Text(say.Markdown)), .. calls]));
        if (calls.Count > 0)
        {
            _messages.Add(new ModelMessage(ModelRole.User, [.. calls.Select(call => new ModelPart.ToolResult(call.CallId, Result(call, person), true))]));
        }

        return calls.Any(call => call.Tool == "AskUser");
    }

    private static string Result(ModelPart.ToolCall call, SpecPerson person)
    {
        if (call.Tool != "AskUser")
        {
            return "The draft was updated.";
        }

        Assert.True(QuestionJson.TryReadQuestions(call.Arguments, out var questions, out var problem), problem);

        // The page sends nothing for a question that was skipped.
        return QuestionJson.WriteAnswers(questions, [.. questions.Select(person.Answer).Where(answer => !answer.IsEmpty)]);
    }

    [Theory]
    [MemberData(nameof(InterviewTests.Paths), MemberType = typeof(InterviewTests))]
    public void The_wizard_ends_with_the_composed_document_as_the_draft(string path)
    {
        var person = path == "quick" ? SpecPerson.QuickTodo : SpecPerson.DetailedBarber;

        var last = Play(person);

        Assert.Contains("**Approve**", last, StringComparison.Ordinal);
        var draft = _messages.SelectMany(message => message.Parts).OfType<ModelPart.ToolCall>().Last(call => call.Tool == SpecDraftTool.Name);
        Assert.Equal(SpecJson.Write(SpecComposer.Compose(person.Interview())), SpecJson.Write(SpecJson.Read(draft.Arguments.GetProperty("document"))));
    }

    [Fact]
    public void Text_comes_first_then_the_draft_then_the_questions()
    {
        Take(Next(), SpecPerson.QuickTodo);

        var actions = Next();

        Assert.IsType<OfflineAction.Say>(actions[0]);
        Assert.Equal([SpecDraftTool.Name, "AskUser"], actions.OfType<OfflineAction.Use>().Select(use => use.Tool));
    }

    [Fact]
    public void A_draft_that_did_not_change_is_not_sent_again()
    {
        Play(SpecPerson.QuickTodo);

        Assert.DoesNotContain(Next().OfType<OfflineAction.Use>(), use => use.Tool == SpecDraftTool.Name);
    }

    [Fact]
    public void A_wish_after_the_end_gets_an_honest_answer_and_the_phases_to_choose_from()
    {
        Play(SpecPerson.QuickTodo);
        _messages.Add(ModelMessage.User("Please make it *blue* and add a calendar"));

        var actions = Next();

        Assert.Contains("I work by rules, without a language model", Assert.IsType<OfflineAction.Say>(actions[0]).Markdown, StringComparison.Ordinal);
        var ask = Assert.Single(actions.OfType<OfflineAction.Use>());
        Assert.True(QuestionJson.TryReadQuestions(ask.Arguments, out var questions, out _));
        Assert.Equal(6, Assert.Single(questions).Options.Count);

        Take(actions, SpecPerson.QuickTodo.But(SpecPerson.Pick(QuestionIds.Revisit, "overview")));
        var again = Next();
        Assert.True(QuestionJson.TryReadQuestions(again.OfType<OfflineAction.Use>().Last().Arguments, out questions, out _));
        Assert.Equal(QuestionIds.Name, questions[0].Id);
        Assert.Contains("**Approve**", Play(SpecPerson.QuickTodo.But(SpecPerson.Text(QuestionIds.Name, "Blue lists"))), StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_stop_the_wizard_goes_on_where_it_was()
    {
        Take(Next(), SpecPerson.QuickTodo);
        var stopped = Next();
        var call = stopped.OfType<OfflineAction.Use>().Last();
        _messages.Add(new ModelMessage(ModelRole.Assistant, [new ModelPart.ToolCall("stopped", call.Tool, call.Arguments)]));
        _messages.Add(new ModelMessage(ModelRole.User, [new ModelPart.ToolResult("stopped", "The run was stopped.", false)]));
        _messages.Add(ModelMessage.User("go on"));

        var next = Next();

        Assert.Contains("We go on where we stopped", Assert.IsType<OfflineAction.Say>(next[0]).Markdown, StringComparison.Ordinal);
        Assert.Equal(call.Arguments.GetRawText(), next.OfType<OfflineAction.Use>().Last().Arguments.GetRawText());
    }

    [Fact]
    public void The_same_messages_give_the_same_answer()
    {
        Take(Next(), SpecPerson.QuickTodo);

        Assert.Equal(JsonSerializer.Serialize(Next().Cast<object>()), JsonSerializer.Serialize(Next().Cast<object>()));
    }
}
