using Autocoder.Core.Checkpoints;
using Autocoder.Core.Conversations;
using Autocoder.Core.Runs;
using Autocoder.Core.Specs;

namespace Autocoder.Core.Sessions;

/// <summary>What sessions are made of.</summary>
internal sealed record SessionServices(
    IConversationLog Log, IConversationWriter Writer, RunSupervisor Runs, FileUndo Undo, SpecApproval Approval, SpecVersions Versions);
