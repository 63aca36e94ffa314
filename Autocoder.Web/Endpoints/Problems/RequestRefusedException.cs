namespace Autocoder.Web.Endpoints.Problems;

/// <summary>A request cannot be done. Becomes a problem body at the edge, so handlers stay a straight line.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">Stable, for scripts: <c>project_unknown</c>.</param>
/// <param name="detail">For the person: what happened, and what to do.</param>
public sealed class RequestRefusedException(int status, string code, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>What else a script needs, by name; null for nothing.</summary>
    public IReadOnlyDictionary<string, object?>? More { get; init; }

    /// <summary>Something that was named does not exist.</summary>
    public static RequestRefusedException NotFound(string code, string detail) => new(StatusCodes.Status404NotFound, code, detail);

    /// <summary>The request itself is wrong.</summary>
    public static RequestRefusedException Invalid(string code, string detail) => new(StatusCodes.Status400BadRequest, code, detail);

    /// <summary>Somebody else was first.</summary>
    public static RequestRefusedException Conflict(string code, string detail) => new(StatusCodes.Status409Conflict, code, detail);

    /// <summary>The request is well formed, but cannot be accepted.</summary>
    public static RequestRefusedException Unprocessable(string code, string detail) => new(StatusCodes.Status422UnprocessableEntity, code, detail);
}
