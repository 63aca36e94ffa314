using Autocoder.Core.Conversations;
using Autocoder.Core.Runs;

namespace Autocoder.Core.Sessions;

/// <summary>What sessions are made of.</summary>
internal sealed record SessionServices(
    IConversationLog Log, IConversationWriter Writer, RunSupervisor Runs);
