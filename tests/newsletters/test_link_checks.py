"""The worker looks at links, and never inside its own network (SSRF)."""

import pytest

from comms.newsletters.link_checks import NotAllowed, is_public, judged, look


@pytest.mark.parametrize(
    "ip",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.1", "100.64.0.1", "224.0.0.1",
     "::1", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1"],
)  # fmt: skip
def test_addresses_of_our_own_network_are_not_asked(ip):
    assert not is_public(ip)
    with pytest.raises(NotAllowed):
        judged("https://naam.example/", resolve=lambda name, port: [ip])


@pytest.mark.parametrize("ip", ["93.184.216.34", "2606:2800:220:1::1"])
def test_public_addresses_are(ip):
    assert judged("https://naam.example/", resolve=lambda name, port: [ip])[1] == ip


def test_one_private_address_among_public_ones_is_enough_to_refuse():
    with pytest.raises(NotAllowed):
        judged("https://naam.example/", resolve=lambda name, port: ["93.184.216.34", "10.0.0.1"])


@pytest.mark.parametrize(
    "address",
    ["ftp://naam.example/", "file:///etc/passwd", "https://naam.example:22/", "http://a:b@naam.example/",
     "javascript:alert(1)", "https:///", "gopher://x/", "https://[::1"],
)  # fmt: skip
def test_only_ordinary_web_addresses_are_asked(address):
    with pytest.raises(NotAllowed):
        judged(address, resolve=lambda name, port: ["93.184.216.34"])


@pytest.mark.parametrize("address", ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://2130706433/"])
def test_looking_at_this_machine_is_refused_without_a_connection(address):
    is_broken, why = look(address)
    assert is_broken
    assert "openbaar" in why or "bestaat niet" in why
