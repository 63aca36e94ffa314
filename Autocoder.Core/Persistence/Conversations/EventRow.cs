using Autocoder.Core.Conversations;
using Autocoder.Core.Conversations.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Autocoder.Core.Persistence.Conversations;

/// <summary>The log itself: one row an event, never changed.</summary>
internal sealed class EventRow : IEntityTypeConfiguration<EventRow>
{
    public Guid ConversationId { get; set; }

    public long Sequence { get; set; }

    public Guid EventId { get; set; }

    public Guid? RunId { get; set; }

    public string Kind { get; set; } = "";

    public int Version { get; set; }

    public DateTimeOffset At { get; set; }

    public string Payload { get; set; } = "";

    public EventEnvelope ToEnvelope() =>
        new(ConversationId, Sequence, EventId, RunId, At, EventCatalog.Deserialize(new StoredEvent(Kind, Version, Payload)));

    public void Configure(EntityTypeBuilder<EventRow> builder)
    {
        builder.ToTable("events");
        builder.HasKey(row => new { row.ConversationId, row.Sequence });
    }
}
