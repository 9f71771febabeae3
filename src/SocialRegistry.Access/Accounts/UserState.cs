namespace SocialRegistry.Access.Accounts;

/// <summary>What the log of changes says of an account: neither passwords nor whose record it is linked to.</summary>
internal sealed record UserState(
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Areas,
    string Status,
    bool RegistrantLinked,
    DateTimeOffset? PasswordSetAt,
    DateTimeOffset? CodesSince
)
{
    public const string Active = "active";
    public const string Locked = "locked";
    public const string Deactivated = "deactivated";

    public static UserState Of(Account account) =>
        new(
            account.Roles,
            account.Areas,
            StatusOf(account),
            account.LinkTail is not null,
            account.PasswordSetAt,
            account.CodeConfirmedAt
        );

    public static string StatusOf(Account account) =>
        account.Deactivated ? Deactivated
        : account.Suspended ? Locked
        : Active;
}
