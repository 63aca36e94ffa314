using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Autocoder.Core.Persistence.Conversations;

/// <summary>A piece of a text that has no end yet. Pieces are only added, so keeping a long text stays linear.</summary>
internal sealed class OpenTextRow : IEntityTypeConfiguration<OpenTextRow>
{
    public long Id { get; set; }

    public Guid ConversationId { get; set; }

    public Guid ItemId { get; set; }

    public string Text { get; set; } = "";

    public void Configure(EntityTypeBuilder<OpenTextRow> builder)
    {
        builder.ToTable("open_texts");
        builder.HasKey(row => row.Id);
    }
}
