namespace Autocoder.Core.Specs;

/// <summary>Who may do what.</summary>
public sealed record SpecAccess
{
    /// <summary>No roles and no sign-in.</summary>
    public static SpecAccess Open { get; } = new();

    public IReadOnlyList<SpecRole> Roles { get; init => field = value ?? []; } = [];

    /// <summary><c>method</c>, <c>session_timeout</c>, <c>password_requirements</c>.</summary>
    public IReadOnlyList<SpecChoice> Authentication { get; init => field = value ?? []; } = [];

    /// <summary>Operations that ask for confirmation.</summary>
    public IReadOnlyList<string> SensitiveOperations { get; init => field = value ?? []; } = [];

    /// <summary>Whether it holds nothing.</summary>
    public bool IsEmpty() => Roles.Count == 0 && Authentication.Count == 0 && SensitiveOperations.Count == 0;
}

/// <summary>A kind of user.</summary>
public sealed record SpecRole(
    string Name, IReadOnlyList<string> Permissions, IReadOnlyList<string> ProtectedRoutes, SpecOrigin Origin);
