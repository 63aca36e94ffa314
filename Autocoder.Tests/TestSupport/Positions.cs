using Autocoder.Core.Engines;
using Autocoder.Core.Engines.Models;

namespace Autocoder.Tests.TestSupport;

/// <summary>Where a call is in a conversation of which the model is shown everything, for tests without a log.</summary>
internal static class Positions
{
    public static ConversationPosition After(IReadOnlyList<ModelMessage> messages) => new(
        messages.Count(message => message.IsPrompt),
        messages.Reverse().TakeWhile(message => !message.IsPrompt).Count(message => message.Role is ModelRole.Assistant));
}
