using System.Text.Json;
using System.Text.Json.Nodes;
using Autocoder.Core.Conversations;

namespace Autocoder.Core.Engines.Models.Offline.Wizard;

/// <summary>Writes questions as the arguments of <c>AskUser</c>; the counterpart of <c>QuestionJson.TryReadQuestions</c>.</summary>
internal static class WizardQuestions
{
    public static JsonElement Write(IReadOnlyList<Question> questions) => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["questions"] = new JsonArray([.. questions.Select(Question)]),
    });

    private static JsonNode Question(Question question)
    {
        var json = new JsonObject { ["id"] = question.Id, ["header"] = question.Header, ["question"] = question.Text };
        if (question.Options.Count > 0)
        {
            json["options"] = new JsonArray([.. question.Options.Select(Option)]);
            json["multiSelect"] = question.MultiSelect;
        }

        Add(json, "why", question.Why);
        Add(json, "placeholder", question.Placeholder);
        json["required"] = question.Required;
        return json;
    }

    private static JsonNode Option(QuestionOption option)
    {
        var json = new JsonObject { ["id"] = option.Id, ["label"] = option.Label };
        Add(json, "description", option.Description);
        json["recommended"] = option.Recommended;
        return json;
    }

    private static void Add(JsonObject json, string name, string? text)
    {
        if (text is not null)
        {
            json[name] = text;
        }
    }
}
