using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;

namespace SocialRegistry.Access.Accounts;

/// <summary>The identifier that says which person an account belongs to: stored protected, bound when she signs in.</summary>
internal sealed class RegistrantLinks(IRecordProtection protection, IServiceProvider services)
{
    private const string Field = "registrant";
    private const string Class = "personal";

    /// <summary>Protects the identifier in the account's row.</summary>
    public void Store(Account account, Identifier? identifier, DateTimeOffset now)
    {
        if (identifier is null)
        {
            account.SetLink(null, null, null, now);
            return;
        }

        using var key = protection.Create(Context(account));
        account.SetLink(
            key.Head,
            key.FastWrap,
            key.Protect(Field, Class, JsonSerializer.SerializeToUtf8Bytes(identifier)),
            now
        );
    }

    /// <summary>The stored identifier; absent for staff.</summary>
    public Identifier? Read(Account account)
    {
        if (account.LinkHead is null || account.LinkTail is null)
        {
            return null;
        }

        using var key = protection.Open(Context(account), account.LinkHead, account.LinkWrap);
        return JsonSerializer.Deserialize<Identifier>(key.Unprotect(Field, Class, account.LinkTail));
    }

    /// <summary>The record of the account's person, when it exists (yet).</summary>
    public async Task<RegistrantId?> FindAsync(Account account, CancellationToken cancellationToken)
    {
        // The core may run elsewhere, or not at all in this process: then nobody is bound.
        if (
            Read(account) is not { } identifier
            || services.GetService(typeof(IRegistrants)) is not IRegistrants registrants
        )
        {
            return null;
        }

        var found = await registrants.FindAsync(
            [identifier],
            new ReadOptions { Fields = [] },
            Caller.System("sign-in", "access"),
            cancellationToken
        );
        return found.Succeeded && found.Value is [{ } registrant] ? registrant.Id : null;
    }

    private static RecordKeyContext Context(Account account) =>
        new("default", "account", account.Id.ToString("D"), "personal", 1);
}
