from .common import GrcCommon


class TestSmoke(GrcCommon):
    def test_smoke(self):
        request = self._file()
        self.assertEqual(request.state, "received")
        request = self._decide(request, close=True)
        self.assertEqual(request.state, "closed")
        print(self._events(request), request.delivery_ids.mapped("state"))
