using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Autocoder.Core.Persistence.Conversations;

/// <summary>A conversation folded up to an event, so that loading it need not begin at the first. A cache: it may be missing.</summary>
internal sealed class SnapshotRow : IEntityTypeConfiguration<SnapshotRow>
{
    public Guid ConversationId { get; set; }

    public long Sequence { get; set; }

    public string Version { get; set; } = "";

    public string Payload { get; set; } = "";

    public void Configure(EntityTypeBuilder<SnapshotRow> builder)
    {
        builder.ToTable("snapshots");
        builder.HasKey(row => row.ConversationId);
        builder.Property(row => row.ConversationId).ValueGeneratedNever();
    }
}
