using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Autocoder.Core.Persistence.Conversations;

/// <summary>Projection: where a text of the full-text index comes from. Its id is the row of the text there.</summary>
internal sealed class SearchEntryRow : IEntityTypeConfiguration<SearchEntryRow>
{
    public long Id { get; set; }

    public Guid ConversationId { get; set; }

    public long Sequence { get; set; }

    /// <summary>What is replaced when it changes: <c>title</c>, or the id of a prompt.</summary>
    public string Key { get; set; } = "";

    public void Configure(EntityTypeBuilder<SearchEntryRow> builder)
    {
        builder.ToTable("search_entries");
        builder.HasKey(row => row.Id);
    }
}
