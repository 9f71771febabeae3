namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>Callers as the suites need them.</summary>
public static class PortCallers
{
    /// <summary>May do everything, for a stated purpose.</summary>
    public static Caller Registrar { get; } = Staff("registrar", [.. Permissions.All]);

    /// <summary>A staff member with some permissions, all fields and filters.</summary>
    public static Caller Staff(string id, params string[] permissions) =>
        new()
        {
            Kind = CallerKind.Staff,
            Id = id,
            Channel = "api",
            Permissions = permissions.ToHashSet(),
            Fields = FieldScope.All,
            Filters = FieldScope.All,
            Purpose = "registration",
            RequestId = "request-1",
        };

    /// <summary>A partner that reads some fields by some filters.</summary>
    public static Caller Partner(string id, string[] fields, string[] filters) =>
        new()
        {
            Kind = CallerKind.Partner,
            Id = id,
            Channel = "dci",
            Permissions = new HashSet<string> { Permissions.ReadRegistrants, Permissions.DciSearch },
            Fields = FieldScope.Of(fields),
            Filters = FieldScope.Of(filters),
            Purpose = "cash-transfer",
            LegalGround = "act-7",
        };

    /// <summary>The person about herself.</summary>
    public static Caller Person(RegistrantId self) =>
        new()
        {
            Kind = CallerKind.Person,
            Id = "person-account",
            Channel = "web",
            Permissions = new HashSet<string> { Permissions.ReadRegistrants },
            Fields = FieldScope.All,
            Filters = FieldScope.All,
            Self = self,
        };
}
