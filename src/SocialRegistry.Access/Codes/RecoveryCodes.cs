using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SocialRegistry.Access.Accounts;
using SocialRegistry.Protection;

namespace SocialRegistry.Access.Codes;

/// <summary>Codes for the day the device is lost: ten, each for one sign-in, 80 random bits in 16 characters.</summary>
internal sealed class RecoveryCodes(IKeyRing keys)
{
    public const int Count = 10;

    private const int Bytes = 10;

    private readonly Lazy<byte[]> key = new(() => keys.Secret("access/recovery-codes"));

    /// <summary>Shown as <c>ABCD-EFGH-IJKL-MNOP</c>.</summary>
    public static IReadOnlyList<string> Make() =>
        [
            .. Enumerable
                .Range(0, Count)
                .Select(_ => Base32.Encode(RandomNumberGenerator.GetBytes(Bytes)))
                .Select(code => string.Join('-', code.Chunk(4).Select(part => new string(part)))),
        ];

    /// <summary>A keyed hash; the codes are random and long, so one round does.</summary>
    public string Hash(Account account, string code)
    {
        var plain = code.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        var text = $"{account.Id:D}\n{plain.ToUpperInvariant()}";
        return Base64Url.EncodeToString(HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes(text)));
    }
}
