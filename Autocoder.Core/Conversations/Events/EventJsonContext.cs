using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autocoder.Core.Conversations.Events;

/// <summary>The source-generated JSON of every kind of event; a test fails when one is missing here.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ConversationCreated))]
[JsonSerializable(typeof(ConversationRenamed))]
[JsonSerializable(typeof(ConversationTrashed))]
[JsonSerializable(typeof(ConversationRestored))]
[JsonSerializable(typeof(ConversationDeleted))]
[JsonSerializable(typeof(ConversationPinChanged))]
[JsonSerializable(typeof(ConversationArchiveChanged))]
[JsonSerializable(typeof(PromptAdmitted))]
[JsonSerializable(typeof(PromptEdited))]
[JsonSerializable(typeof(PromptDeliveryChanged))]
[JsonSerializable(typeof(PromptsReordered))]
[JsonSerializable(typeof(PromptDelivered))]
[JsonSerializable(typeof(PromptWithdrawn))]
[JsonSerializable(typeof(RunStarted))]
[JsonSerializable(typeof(PhaseChanged))]
[JsonSerializable(typeof(ModelCallRetried))]
[JsonSerializable(typeof(RunStalled))]
[JsonSerializable(typeof(StopRequested))]
[JsonSerializable(typeof(RunEnded))]
[JsonSerializable(typeof(StepStarted))]
[JsonSerializable(typeof(StepEnded))]
[JsonSerializable(typeof(TextStarted))]
[JsonSerializable(typeof(TextCompleted))]
[JsonSerializable(typeof(ReasoningStarted))]
[JsonSerializable(typeof(ReasoningCompleted))]
[JsonSerializable(typeof(AnswerWithdrawn))]
[JsonSerializable(typeof(ToolCallRequested))]
[JsonSerializable(typeof(ToolCallStarted))]
[JsonSerializable(typeof(ToolCallEnded))]
[JsonSerializable(typeof(QuestionsAsked))]
[JsonSerializable(typeof(QuestionsAnswered))]
[JsonSerializable(typeof(QuestionsExpired))]
[JsonSerializable(typeof(ApprovalRequested))]
[JsonSerializable(typeof(ApprovalResolved))]
[JsonSerializable(typeof(PermissionRuleAdded))]
[JsonSerializable(typeof(PermissionRuleRemoved))]
[JsonSerializable(typeof(CompactionRequested))]
[JsonSerializable(typeof(CompactionStarted))]
[JsonSerializable(typeof(CompactionCompleted))]
[JsonSerializable(typeof(CompactionFailed))]
[JsonSerializable(typeof(CompactionReverted))]
[JsonSerializable(typeof(ProfileSwitched))]
[JsonSerializable(typeof(EngineSwitched))]
[JsonSerializable(typeof(PlanUpdated))]
[JsonSerializable(typeof(SubAgentStarted))]
[JsonSerializable(typeof(SubAgentEnded))]
[JsonSerializable(typeof(SpecDraftUpdated))]
[JsonSerializable(typeof(SpecApproved))]
[JsonSerializable(typeof(WarningRaised))]
internal sealed partial class EventJsonContext : JsonSerializerContext;
