namespace Autocoder.Core.Conversations.Events;

/// <summary>The draft of the specification as a whole. Nothing is in the project folder yet.</summary>
/// <param name="Revision">1 for the first draft of the conversation; grows by one.</param>
/// <param name="Document">The document in the form of <c>Specs.SpecJson</c>.</param>
[EventKind("spec_draft_updated")]
public sealed record SpecDraftUpdated(int Revision, string Document) : ConversationEvent;

/// <summary>The person approved the draft, and its files were written and read back.</summary>
/// <param name="Version">1 for the first approved specification of the project.</param>
/// <param name="Hash">SHA-256 of <c>app_spec.txt</c>, lower-case hexadecimal.</param>
/// <param name="Files">Paths inside the project folder, with <c>/</c>.</param>
/// <param name="FeatureCount">How many features the specification holds.</param>
[EventKind("spec_approved")]
public sealed record SpecApproved(int Version, int Revision, string Hash, IReadOnlyList<string> Files, int FeatureCount) : ConversationEvent;
