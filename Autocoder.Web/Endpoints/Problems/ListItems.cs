namespace Autocoder.Web.Endpoints.Problems;

/// <summary>Looks into lists of a body, where the serializer does not look for nulls.</summary>
internal static class ListItems
{
    /// <exception cref="RequestRefusedException">One of the items is null.</exception>
    public static IReadOnlyList<T> RequireItems<T>(this IReadOnlyList<T> items, string name)
        where T : class
    {
        for (var index = 0; index < items.Count; index++)
        {
            if (items[index] is null)
            {
                throw RequestRefusedException.Invalid("body_invalid", $"\"{name}[{index}]\" cannot be null. Nothing was done.");
            }
        }

        return items;
    }
}
